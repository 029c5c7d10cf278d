#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

namespace imagify::fuzz {

/// One run of libFuzzer over one target, in a process of its own.
struct Run {
    const Target* target = nullptr;
    /// Planted in the parser while it runs; empty: none.
    std::string mutant{};
    /// It ends when it has reached either.
    std::uint64_t executions = 0;
    std::uint64_t seconds = 0;
    std::uint64_t seed = 1;
};

/// What libFuzzer said at its end.
struct Report {
    Run run;
    std::uint64_t executions = 0;
    std::uint64_t per_second = 0;
    std::uint64_t edges = 0;
    std::uint64_t corpus = 0;
    /// It ended over an input, which it has kept.
    bool found = false;
    /// It ended otherwise than libFuzzer ends.
    bool broken = false;
    std::filesystem::path log;
};

/// Where a campaign works: `seeds`/<target>/ are read, `folder` is emptied and holds what was made.
struct Places {
    std::filesystem::path seeds;
    std::filesystem::path folder;
};

/// Runs them, `jobs` at a time, and hands out each report as it comes.
void run_all(const std::vector<Run>& runs, const Places& places, unsigned jobs,
             const std::function<void(const Report&)>& done);

}  // namespace imagify::fuzz
