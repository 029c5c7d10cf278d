#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.hpp"

namespace imagify::testing {

/// A clock that stands still until a test moves it. Sleeping moves it.
class FakeClock final : public Clock {
public:
    TimePoint now() const override { return from_unix_ms(now_ms_.load()); }

    std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(now_ms_.load()));
    }

    Task<void> sleep_for(std::chrono::milliseconds duration) override {
        advance(duration);
        co_return;
    }

    void advance(std::chrono::milliseconds duration) { now_ms_ += duration.count(); }

private:
    /// 2026-01-15T03:04:05Z, the moment of VNPAY's vectors.
    std::atomic<std::int64_t> now_ms_{1'768'446'245'000};
};

}  // namespace imagify::testing
