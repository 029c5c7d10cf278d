#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/money.hpp"
#include "domain/prompt.hpp"

namespace imagify {

/// held -> ready | failed | cancelled. Leaving held is one conditional update: exactly one wins.
/// ready means captured (charged); failed and cancelled mean released (credit given back).
enum class GenerationState { Held, Ready, Failed, Cancelled };

/// "pending" (held), "ready", "failed", "cancelled", as stored and sent.
std::string_view to_text(GenerationState state);
std::optional<GenerationState> parse_generation_state(std::string_view text);

/// The hold of a generation is released when this much time has passed since it was made.
inline constexpr std::chrono::seconds kHoldDeadline{90};
/// The painter must have finished by then; the rest of the hold is for storing and capturing.
inline constexpr std::chrono::seconds kGenerationLimit{60};

/// A picture as it is stored. Colour is the average, as #rrggbb.
struct StoredPicture {
    std::string mime;
    int width_px = 0;
    int height_px = 0;
    std::int64_t size_bytes = 0;
    /// SHA-256 of the bytes, lower-case hex: identity, ETag and integrity check.
    std::string sha256;
    std::string color;
    std::string engine;
};

/// One picture that somebody asked for, from hold to bytes.
struct Generation {
    GenerationId id;
    UserId user_id;
    GenerationState state = GenerationState::Held;
    PictureOrder order;
    /// What is held, and charged when it is captured.
    Credits price;
    /// The engine that was asked for; empty means the first that can.
    std::string requested_engine{};
    TimePoint created_at{};
    /// The reaper releases a hold past its deadline.
    TimePoint deadline{};
    /// The process that works on it; a hold of a dead process is resolved at start-up.
    std::string lease{};
    /// Why it failed, a stable code ("painter.unavailable").
    std::string error{};
    /// Present when ready.
    std::optional<StoredPicture> picture{};
};

}  // namespace imagify
