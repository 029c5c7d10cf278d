#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include <CLI/CLI.hpp>

#include "base/log.hpp"
#include "crash/failpoints.hpp"
#include "crash/parallel_generations.hpp"
#include "crash/ward.hpp"
#include "support/verdicts.hpp"

namespace imagify::testing {
namespace {

struct Options {
    std::uint64_t seed = 1;
    int kills = 1'000;
    int rounds = 1'000;
    int servers = 3;
    std::string folder = IMAGIFY_CRASH_FOLDER;
    bool deep = false;
};

constexpr int kKillsForTheLiar = 200;
// With fewer kills than this for each failpoint some may be left out by chance.
constexpr int kKillsPerPoint = 10;
const std::string kLiar = "writer.answers_before_commit";

// A kill proves nothing about files that never leave memory, and their syncs cost nothing.
bool is_real_disk(const std::string& folder) {
    struct statfs found{};
    std::filesystem::create_directories(folder);
    return ::statfs(folder.c_str(), &found) == 0 && found.f_type != TMPFS_MAGIC &&
           found.f_type != RAMFS_MAGIC;
}

void show(const KillReport& report) {
    fmt::print("| killed | times |\n");
    for (const auto& [where, times] : report.at) fmt::print("| {:<24} | {:>5} |\n", where, times);
    fmt::print("\n");
    for (const auto& line : report.damage) fmt::print("{}\n", line);
}

void kill(const Options& options, Verdicts& verdicts) {
    KillPlan plan{.seed = options.seed,
                  .kills = options.deep ? 10'000 : options.kills,
                  .servers = options.servers,
                  .folder = options.folder,
                  .failpoints = failpoints_in(IMAGIFY_SOURCES),
                  .environment = {},
                  .show_progress = true};
    const auto report = kill_servers(plan);
    show(report);
    int least = report.kills;
    for (const auto& point : plan.failpoints) {
        const auto found = report.at.find(point);
        least = std::min(least, found == report.at.end() ? 0 : found->second);
    }
    verdicts.expect(report.kills == plan.kills,
                    fmt::format("{} kills of {} servers in {:.0f} s, seed {}, {}", report.kills,
                                plan.servers, report.seconds, plan.seed, options.folder));
    const bool few = plan.kills < kKillsPerPoint * static_cast<int>(plan.failpoints.size());
    verdicts.expect((least > 0 || few) && !plan.failpoints.empty(),
                    fmt::format("each of {} failpoints killed at least {} times ({} armed in vain)",
                                plan.failpoints.size(), least, report.missed));
    verdicts.expect(report.lost == 0, fmt::format("{} acknowledged things lost", report.lost));
    verdicts.expect(report.minted == 0, fmt::format("{} credits or things minted", report.minted));
    verdicts.expect(report.contradictions == 0,
                    fmt::format("{} answers that contradict earlier ones, among them double ones",
                                report.contradictions));
    verdicts.expect(report.broken == 0,
                    fmt::format("{} broken invariants after restarts", report.broken));
    verdicts.expect(
        report.acknowledged > 0,
        fmt::format("{} answers acknowledged ({} accounts, {} pictures, {} orders, {} payments, {} "
                    "removals, {} refunds), {} comparisons with them",
                    report.acknowledged, report.accounts, report.pictures, report.orders,
                    report.payments, report.removals, report.refunds, report.facts));
}

// A server that answers before its commit has to be found out, or the kills prove nothing.
void kill_liar(const Options& options, Verdicts& verdicts) {
    const auto report = kill_servers({.seed = options.seed,
                                      .kills = kKillsForTheLiar,
                                      .servers = options.servers,
                                      .folder = options.folder,
                                      .failpoints = {"sqlite.before_commit"},
                                      .environment = {"IMAGIFY_MUTANT=" + kLiar},
                                      .until_damage = true});
    const auto shown = std::min<std::size_t>(report.damage.size(), 3);
    for (std::size_t i = 0; i < shown; ++i) fmt::print("as planted: {}\n", report.damage[i]);
    verdicts.expect(
        report.wrong() > 0,
        fmt::format("planted: answers before its commit; caught within {} kills", report.kills));
}

void paint(const Options& options, Verdicts& verdicts) {
    const auto report = paint_in_parallel({.rounds = options.deep ? 10'000 : options.rounds});
    for (const auto& failure : report.failures) fmt::print("{}\n", failure);
    verdicts.expect(report.failures.empty(),
                    fmt::format("{} rounds of 100 parallel requests: {} credits, {} pictures, {} "
                                "refused, {:.1f} s",
                                report.rounds, report.credits_given, report.pictures,
                                report.refused, report.seconds));
}

int run(const Options& options) {
    set_log_level(LogLevel::Error);
    Verdicts verdicts;
    verdicts.expect(is_real_disk(options.folder), options.folder + " is on a disk");
    paint(options, verdicts);
    kill_liar(options, verdicts);
    kill(options, verdicts);
    std::error_code ignored;
    std::filesystem::remove(options.folder, ignored);  // Only when nothing is in it.
    return verdicts.close("crash");
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    imagify::testing::Options options;
    CLI::App program(
        "Kills real servers under traffic, starts them again, and looks whether everything they "
        "acknowledged is still true.");
    program.add_option("--seed", options.seed, "Of all random choices, default 1");
    program.add_option("--kills", options.kills, "Default 1000");
    program.add_option("--rounds", options.rounds, "Of parallel generations, default 1000");
    program.add_option("--servers", options.servers, "At the same time, default 3");
    program.add_option("--folder", options.folder, "On a real disk; default in the build folder");
    program.add_flag("--deep", options.deep, "10,000 kills and rounds");
    program.footer(
        "Examples:\n  imagify_crash\n  imagify_crash --seed 7 --kills 100\n"
        "  imagify_crash --deep\n\nExit code 0: nothing failed.");
    CLI11_PARSE(program, argc, argv);
    return imagify::testing::run(options);
}
