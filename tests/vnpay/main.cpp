#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>

#include "base/log.hpp"
#include "base/mutant.hpp"
#include "crash/failpoints.hpp"
#include "support/verdicts.hpp"
#include "vnpay/examiner.hpp"
#include "vnpay/http_storm.hpp"
#include "vnpay/stages.hpp"
#include "vnpay/storm.hpp"

namespace imagify::testing {
namespace {

struct Options {
    std::uint64_t seed = 1;
    std::uint64_t cases = 200'000;
    std::uint64_t genuine = 2'000;
    bool deep = false;
};

void play(const CorpusPlan& plan, Secrets secrets, Verdicts& verdicts, bool with_table) {
    Merchant merchant(secrets);
    Examiner examiner(merchant);
    const auto start = std::chrono::steady_clock::now();
    play_corpus(plan, merchant, examiner);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const auto total = examiner.total();
    if (with_table) {
        std::uint64_t uncaught = 0;
        const auto controls = examiner.control_table(uncaught);
        fmt::print("{}\n{}\n", examiner.table(), controls);
        verdicts.expect(uncaught == 0,
                        fmt::format("each of {} planted flaws was caught", known_flaws().size()));
    }
    for (const auto& failure : examiner.failures()) fmt::print("{}\n", failure);
    const auto* const when = secrets == Secrets::One ? "" : ", while the secret changes";
    verdicts.expect(total.cases >= plan.cases,
                    fmt::format("{} messages in {:.1f} s, seed {}{}", total.cases, took.count(),
                                plan.seed, when));
    verdicts.expect(total.forged_believed == 0, fmt::format("{} of {} forgeries believed",
                                                            total.forged_believed, total.forged));
    verdicts.expect(total.genuine_refused == 0, fmt::format("{} of {} genuine spellings refused",
                                                            total.genuine_refused, total.genuine));
    verdicts.expect(total.changed_by_forgery == 0,
                    fmt::format("{} changes of the database by a message that may make none",
                                total.changed_by_forgery));
    verdicts.expect(
        total.wrong_reply + total.wrong_credit == 0,
        fmt::format("{} wrong RspCodes, {} wrong balances", total.wrong_reply, total.wrong_credit));
    verdicts.expect(
        merchant.credits() == examiner.expected_credits() && merchant.broken_invariants().empty() &&
            examiner.failures().empty(),
        fmt::format("{} credits, as many as were paid for; the books balance", merchant.credits()));
}

// Faults of the product itself that are about what VNPAY says; each has to be noticed.
constexpr auto kNoticed = std::to_array<std::string_view>(
    {"return.credits", "settle.credits_twice", "settle.expiry_is_final", "settle.failure_is_final",
     "settle.no_amount_check", "settle.repeat_credits", "settle.review_is_final",
     "vnpay.answer_about_any_order", "vnpay.answer_of_any_terminal", "vnpay.any_terminal",
     "vnpay.any_type", "vnpay.doubled_field", "vnpay.forged_accepted", "vnpay.response_code_only",
     "vnpay.unsigned_answer"});

void play_planted(std::string_view mutant, Verdicts& verdicts) {
    plant_mutant(mutant);
    Merchant merchant;
    Examiner examiner(merchant);
    play_corpus({.cases = 1,
                 .genuine = 40,
                 .refunds = 8,
                 .all_codes = mutant == "vnpay.response_code_only",
                 .until_wrong = true},
                merchant, examiner);
    const auto wrong = examiner.total().wrong() + examiner.failures().size();
    const bool balanced =
        merchant.credits() == examiner.expected_credits() && merchant.broken_invariants().empty();
    plant_mutant("");
    verdicts.expect(wrong > 0 || !balanced,
                    fmt::format("planted in the product: {}, {} times noticed", mutant, wrong));
}

void play_all_planted(Verdicts& verdicts) {
    const auto planted = mutants_in(IMAGIFY_SOURCES);
    for (const auto& mutant : kNoticed) {
        if (std::ranges::find(planted, mutant) != planted.end()) play_planted(mutant, verdicts);
    }
}

void judge(const std::string& where, const StormPlan& plan, const StormReport& report,
           Verdicts& verdicts) {
    std::string replies;
    for (const auto& [code, count] : report.replies) replies += fmt::format(" {} x{}", code, count);
    for (const auto& failure : report.failures) fmt::print("{}\n", failure);
    fmt::print(
        "{}: {} orders x {} copies, {} forged, {} threads, {:.1f} s; replies:{}; "
        "p50 {:.2f} ms, p99 {:.2f} ms\n",
        where, plan.orders, plan.copies, report.forged, plan.threads, report.seconds, replies,
        report.p50_ms, report.p99_ms);
    verdicts.expect(report.failures.empty() && report.credited_orders == plan.orders,
                    fmt::format("{}: {} of {} orders credited, each once", where,
                                report.credited_orders, plan.orders));
}

int run(const Options& options) {
    set_log_level(LogLevel::Error);
    Verdicts verdicts;
    CorpusPlan plan{.seed = options.seed,
                    .cases = options.deep ? 20'000'000 : options.cases,
                    .genuine = options.genuine,
                    .show_progress = true};
    play(plan, Secrets::One, verdicts, true);
    plan.cases = plan.cases / 10;
    plan.genuine = plan.genuine / 10;
    plan.all_codes = false;
    play(plan, Secrets::DuringAChange, verdicts, false);
    play_all_planted(verdicts);
    const StormPlan inside{.seed = options.seed, .orders = options.deep ? 100'000U : 1'000U};
    judge("storm", inside, raise_storm(inside), verdicts);
    const StormPlan outside{.seed = options.seed, .orders = options.deep ? 5'000U : 500U};
    judge("storm over HTTP", outside, raise_storm_over_http(outside), verdicts);
    return verdicts.close("vnpay");
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    imagify::testing::Options options;
    CLI::App program(
        "Shows hostile and genuine VNPAY messages, signed by a second implementation, to the real "
        "payment code and its store.");
    program.add_option("--seed", options.seed, "Of all random choices, default 1");
    program.add_option("--cases", options.cases, "Messages at least, default 200000");
    program.add_option("--genuine", options.genuine, "Orders told in any spelling, default 2000");
    program.add_flag("--deep", options.deep, "20 million messages, a storm of 100,000 orders");
    program.footer(
        "Examples:\n  imagify_vnpay\n  imagify_vnpay --seed 7 --cases 50000\n"
        "  imagify_vnpay --deep\n\nExit code 0: nothing failed.");
    CLI11_PARSE(program, argc, argv);
    return imagify::testing::run(options);
}
