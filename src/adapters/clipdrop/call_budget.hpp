#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>

#include "base/clock.hpp"

namespace imagify {

/// At most so many calls in any minute, however they are spread: a supplier may count by the
/// clock's minute or by the last sixty seconds. Safe from several threads.
class CallBudget {
public:
    /// `clock` outlives the budget.
    CallBudget(std::size_t calls_per_minute, const Clock& clock);

    /// Counts a call and yields nothing, or yields how long to wait and counts none.
    std::optional<std::chrono::seconds> take();

private:
    std::size_t calls_per_minute_;
    const Clock& clock_;
    std::mutex mutex_;
    std::deque<std::chrono::steady_clock::time_point> recent_;
};

}  // namespace imagify
