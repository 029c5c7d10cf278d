#pragma once

#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "ports/limits.hpp"

namespace imagify {

/// Limits in the memory of this process, which is the only one that uses its store. Beyond
/// kMaxKeys the counter that was not used for longest is forgotten.
class MemoryLimits final : public Limits {
public:
    static constexpr std::size_t kMaxKeys = 200'000;

    /// The clock outlives this.
    explicit MemoryLimits(const Clock& clock, std::size_t max_keys = kMaxKeys)
        : clock_(clock), max_keys_(max_keys) {}

    Task<LimitUse> take(LimitRule rule, std::string key) override;
    Task<void> give_back(LimitRule rule, std::string key) override;
    Task<LimitUse> guess(std::string key) override;
    Task<void> uncount_guess(std::string key) override;
    Task<void> forget_guesses(std::string key) override;

    std::size_t size() const;

private:
    struct Counter {
        std::list<std::string>::iterator age;
        /// Of a rule: when the bucket is full again. Of guesses: when the next one is allowed.
        TimePoint until{};
        TimePoint last{};
        std::int64_t guesses = 0;
    };
    Counter& counter(const std::string& key);
    void erase(const std::string& key);

    const Clock& clock_;
    std::size_t max_keys_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Counter> counters_;
    /// Keys, the longest unused first.
    std::list<std::string> ages_;
};

}  // namespace imagify
