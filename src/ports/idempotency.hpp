#pragma once

#include <chrono>
#include <string>

namespace imagify {

inline constexpr std::size_t kIdempotencyKeyMaxBytes = 255;
/// How long a retry still finds what its first try made.
inline constexpr std::chrono::hours kIdempotencyKept{48};

/// Ties a request to the one resource it makes, within (account, route). Stored in the transaction
/// that makes the resource: a retry finds the resource, another body under the same key is refused.
struct IdempotencyKey {
    std::string route;
    std::string key;
    /// SHA-256 of the request, lower-case hex: tells a retry from another request.
    std::string fingerprint;
};

}  // namespace imagify
