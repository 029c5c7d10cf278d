#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "security/guessing_people.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr auto kKnown = "known@example.vn";
// The goal (G23) is 0.56 and 3 ms on a machine of one's own; here builds and tests may share it.
constexpr double kMostSeparable = 0.65;
// Without a hash in it an answer takes 1 ms, and the rows of a link and a letter, some 0.05 ms of
// it, can be told on a machine of one's own. Over a network the goal's gap is what counts.
constexpr double kMostGapMs = 3;

struct Samples {
    std::vector<double> known;
    std::vector<double> unknown;

    /// How well the best threshold tells one from the other: 0.5 is a coin.
    double area() const {
        double wins = 0;
        for (const double a : known) {
            for (const double b : unknown) wins += a > b ? 1.0 : (a == b ? 0.5 : 0.0);
        }
        const double share = wins / static_cast<double>(known.size() * unknown.size());
        return std::max(share, 1 - share);
    }
    static double median(std::vector<double> values) {
        std::ranges::sort(values);
        return values[values.size() / 2];
    }
    double gap_ms() const { return median(known) - median(unknown); }
};

/// Asks by turns about somebody who has an account and somebody who has none.
class Stopwatch {
public:
    Stopwatch(GuessedApi& api, Findings& findings) : api_(api), findings_(findings) {}

    Samples time(std::uint64_t each, const std::function<Answer(const std::string&)>& ask) {
        Samples samples;
        std::string shown;
        for (std::uint64_t turn = 0; turn < 2 * each; ++turn) {
            api_.clock.advance(std::chrono::hours(1));
            // Pairs in changing order, so that what comes every second time falls on both.
            const bool is_known = (turn % 2 == 0) == (turn / 2 % 2 == 0);
            const auto email =
                is_known ? std::string(kKnown) : fmt::format("nobody{}@example.vn", turn);
            const auto start = std::chrono::steady_clock::now();
            const auto answer = ask(email);
            const std::chrono::duration<double, std::milli> took =
                std::chrono::steady_clock::now() - start;
            (is_known ? samples.known : samples.unknown).push_back(took.count());
            auto shape = std::to_string(answer.status) + answer.body;
            for (const auto& [name, value] : answer.headers) shape += name + value;
            if (shown.empty()) shown = shape;
            findings_.expect(shape == shown, "another answer for " + email);
        }
        return samples;
    }

private:
    GuessedApi& api_;
    Findings& findings_;
};

}  // namespace

CorpusReport play_timing(const CorpusPlan& plan, Verdicts& verdicts) {
    SeededRandom random(plan.seed);
    Argon2Hasher real({}, random);
    GuessedApi api(real);
    api.without_limits();
    api.sign_up(kKnown);
    Findings findings;
    Stopwatch stopwatch(api, findings);
    const auto each = plan.choose(5, 200, 4'000);
    const auto log_in = stopwatch.time(each, [&](const std::string& email) {
        return api.log_in_from("127.0.0.1", email, "not the password");
    });
    const auto forgot = stopwatch.time(each, [&](const std::string& email) {
        return api.ask(Method::Post, "/auth/forgot-password",
                       fmt::format(R"({{"email":"{}"}})", email));
    });
    if (plan.extent != Extent::Smoke) {
        verdicts.expect(log_in.area() <= kMostSeparable, "timing of log-in tells nobody apart");
        verdicts.expect(std::abs(forgot.gap_ms()) <= kMostGapMs,
                        "timing of forgot-password: a gap of at most 3 ms");
        // What would be seen without the decoy hash.
        auto open = log_in;
        for (auto& took : open.unknown) took /= 50;
        verdicts.expect(open.area() > kMostSeparable, "timing notices a missing decoy");
    }
    return {.cases = findings.cases(),
            .findings = findings.count(),
            .notes = fmt::format("log-in AUC {:.3f}, gap {:+.2f} ms of {:.0f}; forgot AUC {:.3f}, "
                                 "gap {:+.2f} ms",
                                 log_in.area(), log_in.gap_ms(), Samples::median(log_in.known),
                                 forgot.area(), forgot.gap_ms())};
}

}  // namespace imagify::testing
