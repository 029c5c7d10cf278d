#include "adapters/in_process/memory_limits.hpp"

namespace imagify {
namespace {

constexpr std::chrono::hours kGuessesKept{24};

std::string rule_key(const LimitRule& rule, const std::string& key) {
    return std::string(rule.name) + '|' + key;
}

std::string guess_key(const std::string& key) { return "guess|" + key; }

std::chrono::seconds round_up(TimePoint::duration wait) {
    return std::chrono::ceil<std::chrono::seconds>(wait);
}

}  // namespace

MemoryLimits::Counter& MemoryLimits::counter(const std::string& key) {
    const auto found = counters_.find(key);
    if (found != counters_.end()) {
        ages_.splice(ages_.end(), ages_, found->second.age);
        return found->second;
    }
    if (counters_.size() >= max_keys_) erase(std::string(ages_.front()));
    ages_.push_back(key);
    auto& made = counters_[key];
    made.age = std::prev(ages_.end());
    return made;
}

void MemoryLimits::erase(const std::string& key) {
    const auto found = counters_.find(key);
    if (found == counters_.end()) return;
    ages_.erase(found->second.age);
    counters_.erase(found);
}

// The generic cell rate algorithm: `until` is when a full bucket would be full again.
Task<LimitUse> MemoryLimits::take(LimitRule rule, std::string key) {
    const std::scoped_lock guard(mutex_);
    const auto now = clock_.now();
    const auto interval = TimePoint::duration(rule.window) / rule.quota;
    auto& bucket = counter(rule_key(rule, key));
    // A clock that went back must not keep anybody out for longer than a window.
    const auto full_at = std::clamp(bucket.until, now, now + rule.window);
    const auto next = full_at + interval;
    if (next > now + rule.window) {
        bucket.until = full_at;
        co_return LimitUse{.allowed = false, .retry_after = round_up(next - rule.window - now)};
    }
    bucket.until = next;
    const auto remaining = (now + rule.window - next) / interval;
    co_return LimitUse{
        .remaining = remaining,
        .retry_after = remaining > 0 ? std::chrono::seconds{} : round_up(next - now) / rule.quota};
}

Task<void> MemoryLimits::give_back(LimitRule rule, std::string key) {
    const std::scoped_lock guard(mutex_);
    counter(rule_key(rule, key)).until -= TimePoint::duration(rule.window) / rule.quota;
    co_return;
}

Task<LimitUse> MemoryLimits::guess(std::string key) {
    const std::scoped_lock guard(mutex_);
    const auto now = clock_.now();
    auto& counted = counter(guess_key(key));
    if (counted.last + kGuessesKept < now || counted.last > now) counted.guesses = 0;
    if (counted.guesses >= kFreeGuesses && counted.until > now) {
        co_return LimitUse{.allowed = false, .retry_after = round_up(counted.until - now)};
    }
    ++counted.guesses;
    counted.last = now;
    counted.until = now + delay_after(counted.guesses);
    co_return LimitUse{.remaining = std::max<std::int64_t>(0, kFreeGuesses - counted.guesses),
                       .retry_after = delay_after(counted.guesses)};
}

Task<void> MemoryLimits::uncount_guess(std::string key) {
    const std::scoped_lock guard(mutex_);
    auto& counted = counter(guess_key(key));
    counted.guesses = std::max<std::int64_t>(0, counted.guesses - 1);
    counted.until = counted.last + delay_after(counted.guesses);
    co_return;
}

Task<void> MemoryLimits::forget_guesses(std::string key) {
    const std::scoped_lock guard(mutex_);
    erase(guess_key(key));
    co_return;
}

std::size_t MemoryLimits::size() const {
    const std::scoped_lock guard(mutex_);
    return counters_.size();
}

}  // namespace imagify
