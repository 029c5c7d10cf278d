#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace imagify::aws {

/// Who signs.
struct Credentials {
    std::string access_key_id;
    Secret secret_access_key;
    /// Empty for long-lived keys.
    Secret session_token{};
    std::optional<TimePoint> expires_at{};
};

/// Where credentials come from. Safe from several coroutines at once; outlives every Task it
/// returns.
class CredentialSource {
public:
    virtual ~CredentialSource() = default;

    /// Credentials that still work for a while; cached. `refused` asks for newer ones than those
    /// that a service just refused. Errors: Unavailable `aws.no_credentials` with a detail that
    /// says where they were looked for.
    virtual Task<Result<Credentials>> credentials(bool refused = false) = 0;
};

}  // namespace imagify::aws
