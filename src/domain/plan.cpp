#include "domain/plan.hpp"

#include <algorithm>

namespace imagify {

PlanList PlanList::defaults() {
    return PlanList({{"basic", "Basic", {100}, {250'000}},
                     {"advanced", "Advanced", {500}, {1'250'000}},
                     {"business", "Business", {5'000}, {6'250'000}}});
}

std::optional<Plan> PlanList::find(std::string_view id) const {
    const auto found = std::ranges::find(plans_, id, &Plan::id);
    if (found == plans_.end()) return std::nullopt;
    return *found;
}

}  // namespace imagify
