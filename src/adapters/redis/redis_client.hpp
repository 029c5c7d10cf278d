#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/redis/redis_url.hpp"
#include "adapters/redis/reply.hpp"
#include "base/clock.hpp"

namespace imagify::redis {

struct RedisSettings {
    RedisServer server;
    /// PEM file with the authorities to trust for rediss://; see HttpClientSettings.
    std::string ca_file{};
    /// Ends a command, with its connection where one has to be made.
    std::chrono::milliseconds time_limit{50};
    /// After a failure nobody asks for this long: a dead Redis must not slow every request down.
    std::chrono::milliseconds rest{1'000};
    /// How long an unused connection is kept.
    std::chrono::milliseconds keep_idle = std::chrono::seconds(60);
};

/// Asks Redis (or Valkey). Connections are kept for the next command on the same execution context
/// and made anew when they are dead. Safe from several coroutines and threads at once; outlives
/// every Task it returns.
class RedisClient {
public:
    /// The clock outlives this.
    RedisClient(RedisSettings settings, const Clock& clock);
    ~RedisClient();

    /// What Redis says to one command, its refusals too. On a dead kept connection the command is
    /// sent once more: it may then be done twice.
    /// Errors: Unavailable `redis.unavailable` with a detail that names server and step, never a
    /// key, word or password.
    Task<Result<Reply>> ask(std::vector<std::string> words);

    const RedisServer& server() const;
    /// Commands that had no answer, of those that were rested through too.
    std::int64_t failures() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace imagify::redis
