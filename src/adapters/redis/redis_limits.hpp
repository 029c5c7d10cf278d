#pragma once

#include "adapters/redis/redis_client.hpp"
#include "ports/limits.hpp"

namespace imagify::redis {

/// Limits that several processes share, counted by scripts inside Redis, with the meaning of
/// MemoryLimits. While Redis does not answer, this process counts alone: nobody is kept out, and
/// guessing does not become free.
class RedisLimits final : public Limits {
public:
    struct Parts {
        RedisClient& client;
        const Clock& clock;
        /// Counts while Redis does not answer.
        Limits& meanwhile;
    };
    explicit RedisLimits(Parts parts) : parts_(parts) {}

    Task<LimitUse> take(LimitRule rule, std::string key) override;
    Task<void> give_back(LimitRule rule, std::string key) override;
    Task<LimitUse> guess(std::string key) override;
    Task<void> uncount_guess(std::string key) override;
    Task<void> forget_guesses(std::string key) override;

    /// Uses that were counted by this process alone: imagify_limits_alone_total.
    std::int64_t counted_alone() const { return alone_.load(); }

private:
    struct Script;
    Task<std::optional<std::vector<std::int64_t>>> run(const Script& script, std::string key,
                                                       std::vector<std::int64_t> arguments);

    Parts parts_;
    std::atomic<std::int64_t> alone_ = 0;
};

}  // namespace imagify::redis
