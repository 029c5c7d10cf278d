#pragma once

#include <string>
#include <vector>

#include "faults/trial.hpp"

namespace imagify::testing {

/// One flow under one kind of fault.
struct Sweep {
    const Flow* flow = nullptr;
    Fault fault;
    sqlite::StoreMode mode = sqlite::StoreMode::Server;
    Product product = Product::Real;
    /// Every how many-th call fails; 1: each. The first one varies with the seed.
    std::int64_t stride = 1;
    std::uint64_t seed = 1;
};

struct SweepResult {
    /// Calls of the fault's kind in a clean run.
    std::int64_t calls = 0;
    std::int64_t runs = 0;
    /// The flow answered with a promise in spite of the fault.
    std::int64_t promised = 0;
    /// It answered that nobody knows.
    std::int64_t unknown = 0;
    /// The process would have ended.
    std::int64_t ended = 0;
    std::int64_t violations = 0;
    std::vector<std::string> examples;
};

/// Runs the sweeps, each in processes of its own: a crash or a hang is a finding, not the end. At
/// most `jobs` at once.
std::vector<SweepResult> run_sweeps(const std::vector<Sweep>& sweeps, unsigned jobs);

}  // namespace imagify::testing
