#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/simulation.hpp"

namespace imagify::sim {

/// A run that broke an invariant.
struct RedRun {
    Plan plan;
    Broken broken;
};

/// What many runs found together.
struct Harvest {
    Coverage coverage;
    std::vector<RedRun> red;
    std::uint64_t runs = 0;
    std::uint64_t steps = 0;
    /// Of all traces, in the order of the seeds.
    std::uint64_t trace_hash = kHashSeed;
    /// A process of the farm that ended without a report: an assertion, most likely.
    std::vector<std::uint64_t> died_at{};

    void merge(const Harvest& other);
};

/// Which seeds to run, and how.
struct Field {
    std::uint64_t first_seed = 1;
    std::uint64_t seeds = 1;
    StoreKind store = StoreKind::Sqlite;
    int steps = steps_per_seed(StoreKind::Sqlite);
    unsigned jobs = 1;
    /// Ends a job at its first red run.
    bool stop_at_red = false;
    /// The fault to plant, if any; see base/mutant.hpp.
    std::string mutant{};
};

/// Runs the seeds in processes of their own, `jobs` at a time; `progress` hears how many are done.
Harvest run_field(const Field& field, const std::function<void(std::uint64_t)>& progress);

}  // namespace imagify::sim
