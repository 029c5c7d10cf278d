#include "usecases/painter_roster.hpp"

#include <algorithm>

namespace imagify {
namespace {

// After this many failures in a row a painter rests, so that people do not wait for it.
constexpr int kFailuresBeforeRest = 5;
constexpr std::chrono::seconds kRest{30};

bool can_paint(const PainterCapabilities& can, const PictureOrder& order) {
    return std::ranges::find(can.aspect_ratios, order.aspect_ratio) != can.aspect_ratios.end() &&
           std::ranges::find(can.styles, order.style) != can.styles.end() &&
           (order.negative_prompt.empty() || can.negative_prompt);
}

}  // namespace

PainterRoster::PainterRoster(std::vector<Painter*> painters, const Clock& clock) : clock_(clock) {
    for (auto* painter : painters) entries_.push_back({.painter = painter});
}

std::vector<Painter*> PainterRoster::candidates(const PictureOrder& order,
                                                std::string_view engine) const {
    const auto now = clock_.steady_now();
    std::vector<Painter*> ready;
    std::vector<Painter*> resting;
    const std::scoped_lock lock(mutex_);
    for (const auto& entry : entries_) {
        const auto& can = entry.painter->capabilities();
        if (!engine.empty() && can.id != engine) continue;
        if (!can_paint(can, order)) continue;
        (entry.rests_until > now ? resting : ready).push_back(entry.painter);
    }
    ready.insert(ready.end(), resting.begin(), resting.end());
    return ready;
}

void PainterRoster::report(const Painter& painter, bool worked) {
    const std::scoped_lock lock(mutex_);
    for (auto& entry : entries_) {
        if (entry.painter != &painter) continue;
        entry.failures_in_a_row = worked ? 0 : entry.failures_in_a_row + 1;
        if (entry.failures_in_a_row >= kFailuresBeforeRest) {
            entry.rests_until = clock_.steady_now() + kRest;
        }
    }
}

std::vector<const PainterCapabilities*> PainterRoster::capabilities() const {
    std::vector<const PainterCapabilities*> all;
    all.reserve(entries_.size());
    for (const auto& entry : entries_) all.push_back(&entry.painter->capabilities());
    return all;
}

}  // namespace imagify
