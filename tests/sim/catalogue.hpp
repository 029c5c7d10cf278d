#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/store_house.hpp"

namespace imagify::sim {

/// A fault that can be planted with MUTANT; see base/mutant.hpp.
struct Mutant {
    std::string_view name;
    std::string_view mistake;
};
std::span<const Mutant> mutants();

/// The store on which a mutant is hunted: those of DynamoDB are called "dynamodb.".
StoreKind hunted_on(const Mutant& mutant);

/// Every FAILPOINT that the simulation reaches.
std::span<const std::string_view> failpoints();

/// What a run of the gate has to reach often: each failpoint, fault, edge of the state machines,
/// forgery and manner of the people.
std::vector<std::string> worth_reaching(StoreKind store);

}  // namespace imagify::sim
