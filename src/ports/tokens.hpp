#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "domain/session.hpp"

namespace imagify {

struct IssuedToken {
    std::string token;
    TimePoint expires_at{};
};

/// Who a valid token speaks for. Whether the session still lives is for the store to say.
struct TokenClaims {
    UserId user_id;
    SessionId session_id;
    std::int64_t session_epoch = 0;
};

/// Makes and checks session tokens. Pure CPU, microseconds. Safe from several threads.
class Tokens {
public:
    virtual ~Tokens() = default;

    /// A token that speaks for the session's user until the session expires.
    virtual IssuedToken issue(const Session& session, std::int64_t session_epoch) = 0;

    /// Errors: Unauthenticated `auth.token_invalid` for anything that is not wholly ours and valid
    /// now.
    virtual Result<TokenClaims> verify(std::string_view token) const = 0;
};

}  // namespace imagify
