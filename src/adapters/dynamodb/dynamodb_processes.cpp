#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {
namespace {

// Three heartbeats of a server may be lost or late before its holds are anybody's.
constexpr std::chrono::seconds kSilence{20};
// Nobody asks for an older heartbeat.
constexpr std::chrono::hours kHeartbeatKept{1};

}  // namespace

Task<Result<void>> DynamoStore::keep_alive(std::string lease, TimePoint now) {
    const auto kept = co_await state_->client.write(
        put(state_->tables.users, {{"userId", process_key(lease)},
                                   {"aliveUntil", to_unix_ms(now + kSilence)},
                                   {kTtlAttribute, ttl_at(now + kHeartbeatKept)}}));
    if (!kept) co_return std::unexpected(kept.error());
    co_return Result<void>{};
}

}  // namespace imagify::dynamodb
