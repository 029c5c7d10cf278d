#include "sim/scheduler.hpp"

#include <algorithm>
#include <utility>

#include "base/suspend.hpp"

namespace imagify::sim {
namespace {

// Now and then the machine is slow: something later comes before what is due.
constexpr unsigned kSlowPermille = 30;

}  // namespace

Task<void> Scheduler::wait(std::chrono::milliseconds delay, std::string label) {
    co_await suspend([&](Resume resume) {
        after(delay, Owner::Process, std::move(label),
              [resume = std::move(resume)]() mutable { resume(); });
    });
}

Scheduler::EventId Scheduler::after(std::chrono::milliseconds delay, Owner owner, std::string label,
                                    Work work) {
    events_.push_back({.due_ms = steady_ms_ + delay.count(),
                       .id = ++last_id_,
                       .owner = owner,
                       .label = std::move(label),
                       .work = std::move(work)});
    return last_id_;
}

void Scheduler::cancel(EventId id) {
    const auto found = std::ranges::find(events_, id, &Event::id);
    if (found == events_.end()) return;
    // Taken out first: what it owns may cancel other events while it ends.
    const auto dropped = std::exchange(*found, Event{});
    std::erase_if(events_, [](const Event& event) { return !event.work; });
}

void Scheduler::drop_process_events() {
    std::vector<Event> dropped;
    for (auto& event : events_) {
        if (event.owner == Owner::Process) dropped.push_back(std::exchange(event, Event{}));
    }
    std::erase_if(events_, [](const Event& event) { return !event.work; });
}

std::optional<Scheduler::Event> Scheduler::take(std::int64_t until_ms) {
    if (events_.empty()) return std::nullopt;
    std::int64_t first = INT64_MAX;
    std::int64_t later = INT64_MAX;
    for (const auto& event : events_) {
        first = std::min(first, event.due_ms);
        if (event.due_ms > steady_ms_) later = std::min(later, event.due_ms);
    }
    if (std::max(first, steady_ms_) > until_ms) return std::nullopt;
    if (first > steady_ms_ ||
        (later <= until_ms && later != INT64_MAX && dice_.permille(kSlowPermille))) {
        advance_to(first > steady_ms_ ? first : later);
    }
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < events_.size(); ++i) {
        if (events_[i].due_ms <= steady_ms_) due.push_back(i);
    }
    const auto chosen = static_cast<std::ptrdiff_t>(due[dice_.below(due.size())]);
    auto event = std::move(events_[static_cast<std::size_t>(chosen)]);
    events_.erase(events_.begin() + chosen);
    return event;
}

}  // namespace imagify::sim
