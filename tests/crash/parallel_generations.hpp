#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace imagify::testing {

struct ParallelPlan {
    int rounds = 1'000;
    int requests = 100;
    /// A round gives 0 to this many credits, by turns.
    int most_credits = 5;
    int threads = 4;
};

struct ParallelReport {
    int rounds = 0;
    std::int64_t credits_given = 0;
    std::int64_t pictures = 0;
    std::int64_t refused = 0;
    double seconds = 0;
    /// Empty when every round gave exactly as many pictures as credits.
    std::vector<std::string> failures;
};

/// Requests that all arrive at once for an account with few credits, through the real use cases,
/// the store with its writer thread, and files; only the painter is a quick fake.
ParallelReport paint_in_parallel(const ParallelPlan& plan);

}  // namespace imagify::testing
