#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"

namespace imagify {

/// The brief: a log-in lasts 24 hours.
inline constexpr std::chrono::hours kSessionLifetime{24};
inline constexpr std::size_t kDeviceMaxBytes = 200;
/// A person's oldest session ends when one more begins.
inline constexpr std::size_t kSessionsPerUser = 50;

/// Who asks, as far as the connection tells.
struct Client {
    /// Without a port.
    std::string address;
    /// The network that limits count by (an IPv4 /24, an IPv6 /48); empty: no limits apply.
    std::string network;
    /// What the browser says it is; at most kDeviceMaxBytes.
    std::string device;
    /// What a former log-in from this browser left there; may be empty or forged.
    std::string device_token;
};

/// A log-in, until it expires or is ended.
struct Session {
    SessionId id;
    UserId user_id;
    std::string address;
    std::string device;
    TimePoint created_at{};
    TimePoint expires_at{};
};

/// A session of the user that begins now.
Session new_session(const UserId& user, const Client& client, SessionId id, TimePoint now);

}  // namespace imagify
