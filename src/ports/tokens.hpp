#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

namespace imagify {

/// The brief: tokens live 24 hours.
inline constexpr std::chrono::hours kTokenLifetime{24};

struct IssuedToken {
    std::string token;
    TimePoint expires_at{};
};

/// Who a valid token speaks for. The epoch still has to be compared with the account's.
struct TokenClaims {
    UserId user_id;
    std::int64_t session_epoch = 0;
};

/// Makes and checks session tokens. Pure CPU, microseconds. Safe from several threads.
class Tokens {
public:
    virtual ~Tokens() = default;

    /// A token that speaks for the user for kTokenLifetime from now.
    virtual IssuedToken issue(const UserId& user, std::int64_t session_epoch) = 0;

    /// Errors: Unauthenticated `auth.token_invalid` for anything that is not wholly ours and valid
    /// now.
    virtual Result<TokenClaims> verify(std::string_view token) const = 0;
};

}  // namespace imagify
