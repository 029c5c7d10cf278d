#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace imagify::sim {

/// A fault that can be planted with MUTANT; see base/mutant.hpp.
struct Mutant {
    std::string_view name;
    std::string_view mistake;
};
std::span<const Mutant> mutants();

/// Every FAILPOINT that the simulation reaches.
std::span<const std::string_view> failpoints();

/// What a run of the gate has to reach often: each failpoint, fault, edge of the state machines,
/// forgery and manner of the people.
std::vector<std::string> worth_reaching();

}  // namespace imagify::sim
