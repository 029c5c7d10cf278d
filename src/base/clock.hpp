#pragma once

#include <chrono>
#include <cstdint>

#include "base/task.hpp"

namespace imagify {

/// A moment in UTC, to the millisecond: the resolution that is stored.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only source of time. The simulation has a virtual one. Safe from several threads.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall-clock time. May jump; deadlines inside one process use `steady_now`.
    virtual TimePoint now() const = 0;

    /// Never jumps, never goes back.
    virtual std::chrono::steady_clock::time_point steady_now() const = 0;

    /// Returns after `duration`, or earlier by throwing when the coroutine is cancelled.
    virtual Task<void> sleep_for(std::chrono::milliseconds duration) = 0;
};

/// Milliseconds since 1970-01-01 UTC, the stored form of a TimePoint.
inline std::int64_t to_unix_ms(TimePoint time) { return time.time_since_epoch().count(); }

/// The inverse of `to_unix_ms`.
inline TimePoint from_unix_ms(std::int64_t unix_ms) {
    return TimePoint{std::chrono::milliseconds{unix_ms}};
}

}  // namespace imagify
