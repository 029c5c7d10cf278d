#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "adapters/cognito/cognito_settings.hpp"
#include "base/clock.hpp"
#include "ports/http_client.hpp"

namespace imagify::cognito {

/// What Cognito said to a call.
struct UserAnswer {
    boost::json::object body{};
    /// "NotAuthorizedException"; empty when the call succeeded.
    std::string fault{};
    std::string fault_message{};
};

/// Calls Cognito in the name of a person: these calls carry no signature, but the client's id, the
/// person's password or access token, and a keyed hash where the client has a secret. Safe from
/// several coroutines at once; outlives every Task it returns.
class UserCalls {
public:
    /// The others outlive this.
    UserCalls(CognitoSettings settings, HttpClient& http, const Clock& clock)
        : settings_(std::move(settings)), http_(http), clock_(clock) {}

    /// `operation` as Cognito names it: "SignUp".
    /// Errors: Unavailable `identity.unavailable` (no answer, 5xx); RateLimited `rate.limited`.
    /// Details name the operation, never what was sent.
    Task<Result<UserAnswer>> call(std::string_view operation, boost::json::object body);

    /// What proves to Cognito that the call for that user comes from the client; empty without a
    /// secret. Base64 of HMAC-SHA256(secret, user + client id).
    std::string secret_hash(std::string_view user) const;

    const CognitoSettings& settings() const { return settings_; }

private:
    CognitoSettings settings_;
    HttpClient& http_;
    const Clock& clock_;
};

}  // namespace imagify::cognito
