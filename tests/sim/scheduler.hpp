#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "sim/dice.hpp"

namespace imagify::sim {

/// Whose events die with the process.
enum class Owner : std::uint8_t { World, Process };

/// Virtual time, and the seeded choice of who goes on. Everything that waits, waits here.
class Scheduler final : public Clock {
public:
    using Work = std::move_only_function<void()>;
    using EventId = std::uint64_t;

    explicit Scheduler(std::uint64_t seed) : dice_(seed, "schedule") {}

    TimePoint now() const override { return from_unix_ms(kEpochMs + steady_ms_ + jump_ms_); }
    std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(steady_ms_));
    }
    Task<void> sleep_for(std::chrono::milliseconds duration) override {
        return wait(duration, "sleep");
    }

    /// The time at the bank: no clock of ours, it never jumps.
    TimePoint bank_now() const { return from_unix_ms(kEpochMs + steady_ms_); }
    std::int64_t elapsed_ms() const { return steady_ms_; }
    void jump_wall_clock(std::chrono::milliseconds by) { jump_ms_ += by.count(); }

    /// Suspends a coroutine of the process.
    Task<void> wait(std::chrono::milliseconds delay, std::string label);

    EventId after(std::chrono::milliseconds delay, Owner owner, std::string label, Work work);
    void cancel(EventId id);
    /// Forgets what a dead process waited for.
    void drop_process_events();

    struct Event {
        std::int64_t due_ms;
        EventId id;
        Owner owner;
        std::string label;
        Work work;
    };
    /// The next event: any of those that are due, or else time goes on. Nothing when none is left,
    /// or none before `until_ms`.
    std::optional<Event> take(std::int64_t until_ms = INT64_MAX);

    /// Time goes on although nothing happens.
    void advance_to(std::int64_t steady_ms) { steady_ms_ = std::max(steady_ms_, steady_ms); }

private:
    // 2026-01-15T03:04:05Z.
    static constexpr std::int64_t kEpochMs = 1'768'446'245'000;

    Dice dice_;
    std::int64_t steady_ms_ = 0;
    std::int64_t jump_ms_ = 0;
    EventId last_id_ = 0;
    std::vector<Event> events_;
};

}  // namespace imagify::sim
