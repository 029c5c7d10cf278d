#pragma once

#include "base/clock.hpp"

namespace imagify {

/// The machine's clocks. `sleep_for` waits on a timer of the executor of whoever awaits it.
class SystemClock final : public Clock {
public:
    TimePoint now() const override;
    std::chrono::steady_clock::time_point steady_now() const override;
    Task<void> sleep_for(std::chrono::milliseconds duration) override;
};

}  // namespace imagify
