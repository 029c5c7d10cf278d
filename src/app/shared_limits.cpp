#include "app/shared_limits.hpp"

#include "adapters/in_process/memory_limits.hpp"
#include "adapters/redis/redis_limits.hpp"

namespace imagify {
namespace {

template <class T>
void keep(SharedLimits& shared, std::unique_ptr<T> limits) {
    shared.counted_alone = [&limits = *limits] { return limits.counted_alone(); };
    shared.limits = std::move(limits);
}

}  // namespace

SharedLimits make_shared_limits(const Config& config, Cloud& cloud, const Clock& clock) {
    SharedLimits shared;
    if (config.limits == LimitsKind::Memory) return shared;
    shared.meanwhile = std::make_unique<MemoryLimits>(clock);
    if (config.limits == LimitsKind::Store) {
        keep(shared, cloud.make_limits(*shared.meanwhile));
        return shared;
    }
    shared.redis =
        std::make_unique<redis::RedisClient>(redis::RedisSettings{.server = config.redis}, clock);
    keep(shared, std::make_unique<redis::RedisLimits>(redis::RedisLimits::Parts{
                     .client = *shared.redis, .clock = clock, .meanwhile = *shared.meanwhile}));
    return shared;
}

}  // namespace imagify
