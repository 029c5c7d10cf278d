#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "sim/env.hpp"
#include "sim/store_house.hpp"

namespace imagify::sim {

/// As many as it takes to do about the same: on DynamoDB each request of a store is a step.
constexpr int steps_per_seed(StoreKind store) { return store == StoreKind::Sqlite ? 400 : 1'600; }

/// One run: everything that happens follows from it.
struct Plan {
    std::uint64_t seed = 1;
    int steps = steps_per_seed(StoreKind::Sqlite);
    StoreKind store = StoreKind::Sqlite;
    /// Numbers of deeds that are not done; the shrinker drops them.
    std::set<int> left_out{};
};

/// How a run ended.
struct Outcome {
    std::optional<Broken> broken{};
    int steps = 0;
    std::uint64_t trace_hash = 0;
};

/// A folder in memory with an empty, migrated database that every run starts from.
class Workshop {
public:
    Workshop();
    ~Workshop();
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    Outcome run(const Plan& plan, Coverage& coverage,
                const std::function<void(std::string_view)>& tracer = {}) const;

private:
    std::unique_ptr<StoreHouse> house(Env& env, StoreKind store) const;

    std::filesystem::path folder_;
};

/// Removes what a process left behind that ended in the middle of a run.
void remove_workshops_of(int process);

/// The deeds that a run can leave out are numbered from 0.
int deeds_of_a_plan();

}  // namespace imagify::sim
