#include "adapters/clipdrop/call_budget.hpp"

namespace imagify {

CallBudget::CallBudget(std::size_t calls_per_minute, const Clock& clock)
    : calls_per_minute_(calls_per_minute), clock_(clock) {}

std::optional<std::chrono::seconds> CallBudget::take() {
    using std::chrono::minutes;
    using std::chrono::seconds;
    const auto now = clock_.steady_now();
    const std::lock_guard lock(mutex_);
    while (!recent_.empty() && recent_.front() + minutes(1) <= now) recent_.pop_front();
    if (recent_.size() < calls_per_minute_) {
        recent_.push_back(now);
        return std::nullopt;
    }
    if (recent_.empty()) return minutes(1);
    return std::chrono::ceil<seconds>(recent_.front() + minutes(1) - now);
}

}  // namespace imagify
