#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify {

/// At most `quota` uses at once, and as many again evenly spread over each `window`.
struct LimitRule {
    /// Static text; part of the key and of the RateLimit fields.
    std::string_view name;
    std::int64_t quota = 0;
    std::chrono::seconds window{};
};

/// What a use met.
struct LimitUse {
    bool allowed = true;
    /// Uses left now.
    std::int64_t remaining = 0;
    /// Until one more is allowed; zero when one is left.
    std::chrono::seconds retry_after{};
};

/// Free failures before a delay, and the longest delay: 5 + 10 + 83 guesses a day from one place.
inline constexpr std::int64_t kFreeGuesses = 5;
inline constexpr std::chrono::seconds kLongestDelay{1'024};

/// How long the next guess has to wait after so many.
inline std::chrono::seconds delay_after(std::int64_t guesses) {
    if (guesses < kFreeGuesses) return {};
    const auto doublings = std::min<std::int64_t>(guesses - kFreeGuesses, 10);
    return std::min(kLongestDelay, std::chrono::seconds(std::int64_t{1} << doublings));
}

/// Counts uses by key, shared by whatever processes share the store. Safe from several coroutines
/// and threads at once; never throws; outlives every Task it returns. A counter may be forgotten
/// when there are too many; it is never invented.
class Limits {
public:
    virtual ~Limits() = default;

    /// Takes one use of (rule, key), if one is left.
    virtual Task<LimitUse> take(LimitRule rule, std::string key) = 0;
    /// Gives one use back that turned out not to count.
    virtual Task<void> give_back(LimitRule rule, std::string key) = 0;

    /// Counts a guess that may fail, before its outcome is known, so that guesses side by side
    /// count too. After kFreeGuesses each one doubles the delay before the next, up to
    /// kLongestDelay; guesses before its end are refused and do not count. A day of quiet forgets
    /// them all.
    virtual Task<LimitUse> guess(std::string key) = 0;
    /// The last guess was no failure after all.
    virtual Task<void> uncount_guess(std::string key) = 0;
    /// The right person came: all guesses are forgotten.
    virtual Task<void> forget_guesses(std::string key) = 0;
};

}  // namespace imagify
