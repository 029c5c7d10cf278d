#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "adapters/redis/redis_client.hpp"
#include "app/cloud.hpp"
#include "ports/limits.hpp"

namespace imagify {

/// Limits that several processes share, as configured; nothing with LIMITS=memory.
struct SharedLimits {
    /// Counts while the shared place does not answer.
    std::unique_ptr<Limits> meanwhile{};
    std::unique_ptr<redis::RedisClient> redis{};
    std::unique_ptr<Limits> limits{};
    /// Uses that `meanwhile` counted since the start.
    std::function<std::int64_t()> counted_alone = [] { return 0; };
};

/// `cloud` and `clock` outlive it. REDIS_URL has been checked by `read_config`.
SharedLimits make_shared_limits(const Config& config, Cloud& cloud, const Clock& clock);

}  // namespace imagify
