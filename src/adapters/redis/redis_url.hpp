#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace imagify::redis {

/// Which server, as whom.
struct RedisServer {
    /// rediss: TLS, and the server must prove who it is.
    bool tls = false;
    std::string host;
    std::uint16_t port = 6'379;
    /// Empty: the default user.
    std::string user{};
    Secret password{};
    std::uint16_t database = 0;

    /// For logs: "redis://host:port/0", without user and password.
    std::string name() const;
};

/// Reads redis[s]://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE]; also valkey[s]://.
/// Errors: Invalid `redis.bad_url` with a detail that goes on after "REDIS_URL ".
Result<RedisServer> parse_redis_url(std::string_view text);

}  // namespace imagify::redis
