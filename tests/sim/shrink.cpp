#include "sim/shrink.hpp"

#include <algorithm>

namespace imagify::sim {
namespace {

std::optional<RedRun> still_red(const Workshop& workshop, const Plan& plan,
                                const std::string& check) {
    Coverage ignored;
    const auto outcome = workshop.run(plan, ignored);
    if (!outcome.broken || outcome.broken->check != check) return std::nullopt;
    RedRun red{.plan = plan, .broken = *outcome.broken};
    red.plan.steps = outcome.steps;
    return red;
}

}  // namespace

RedRun shrink(const Workshop& workshop, const RedRun& red) {
    auto best = red;
    const auto try_without = [&](int first, int count) {
        auto plan = best.plan;
        const auto last = std::min(first + count, deeds_of_a_plan());
        for (int deed = first; deed < last; ++deed) plan.left_out.insert(deed);
        if (plan.left_out == best.plan.left_out) return;
        if (auto smaller = still_red(workshop, plan, red.broken.check)) best = std::move(*smaller);
    };
    for (int size = deeds_of_a_plan() / 2; size > 0; size /= 2) {
        for (int first = 0; first < deeds_of_a_plan(); first += size) try_without(first, size);
    }
    return best;
}

std::string replay_command(const Plan& plan) {
    auto command = words("imagify_sim --seed ", plan.seed, " --steps ", plan.steps);
    std::string numbers;
    for (const auto deed : plan.left_out) numbers += words(numbers.empty() ? "" : ",", deed);
    if (!numbers.empty()) command += words(" --without ", numbers);
    if (plan.store != StoreKind::Sqlite) command += words(" --store ", to_text(plan.store));
    return command + " --trace";
}

}  // namespace imagify::sim
