#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

#include "sim/coverage.hpp"
#include "sim/dice.hpp"
#include "sim/faults.hpp"
#include "sim/scheduler.hpp"

namespace imagify::sim {

/// Thrown at a failpoint, through everything up to the scheduler: the process is dead. No
/// std::exception, so that nobody takes it for a failure of his own.
struct SimulatedCrash {};

/// One broken invariant: its name in docs/money.md and what was seen.
struct Broken {
    std::string check;
    std::string detail;
};

/// "a", 1, ... as one text.
template <class... Parts>
std::string words(const Parts&... parts) {
    std::string text;
    const auto add = [&text](const auto& part) {
        if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(part)>>) {
            text += std::to_string(part);
        } else {
            text += part;
        }
    };
    (add(parts), ...);
    return text;
}

/// What every part of the simulated world shares.
struct Env {
    Env(std::uint64_t number, Coverage& counts)
        : seed(number), scheduler(number), coverage(counts), faults(number, counts) {}

    std::uint64_t seed;
    Scheduler scheduler;
    Coverage& coverage;
    Faults faults;
    /// Of everything that was said: two runs of a seed have the same.
    std::uint64_t trace_hash = kHashSeed;
    /// Where the trace goes, if anywhere.
    std::function<void(std::string_view)> tracer{};
    std::vector<Broken> broken{};

    void say(std::string_view line) {
        trace_hash = hash_of(line, trace_hash * 31);
        if (tracer) tracer(line);
    }
    /// Only the first counts: what follows may be its consequence.
    void fail(std::string check, std::string detail) {
        say(words("BROKEN ", check, ": ", detail));
        broken.push_back({std::move(check), std::move(detail)});
    }
    void expect(bool truth, std::string_view check, const std::string& detail) {
        if (!truth) fail(std::string(check), detail);
    }
};

}  // namespace imagify::sim
