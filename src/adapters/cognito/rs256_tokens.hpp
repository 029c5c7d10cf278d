#pragma once

#include <string>

#include "adapters/cognito/jwks.hpp"

namespace imagify::cognito {

/// A longer token is refused unread.
inline constexpr std::size_t kPoolTokenMaxBytes = 4'096;
/// How far clocks may differ.
inline constexpr std::chrono::seconds kPoolClockSkew{60};
/// Cognito lets no id or access token live longer.
inline constexpr std::chrono::hours kPoolTokenMaxLife{24};

/// What a token of the pool is for.
enum class TokenUse { Id, Access };

/// What a valid token of the pool says.
struct PoolClaims {
    std::string subject;
    TokenUse use = TokenUse::Access;
    /// When its owner showed a password; refreshing does not renew it.
    TimePoint authenticated_at{};
    /// Of an id token; empty in an access token.
    std::string email{};
    bool email_verified = false;
    std::string name{};
};

/// Checks the RS256 tokens of one user pool and client by RFC 7519 and RFC 8725: one algorithm,
/// keys only from the pool's own key set, exact issuer and audience, strict encodings, no repeated
/// names, no `crit`. Safe from several threads; outlives every Task it returns.
class Rs256Tokens {
public:
    struct Settings {
        std::string issuer;
        std::string client_id;
    };
    /// Keys and clock outlive this.
    Rs256Tokens(Jwks& keys, const Clock& clock, Settings settings)
        : keys_(keys), clock_(clock), settings_(std::move(settings)) {}

    /// Errors: Unauthenticated `auth.token_invalid` for anything that is not wholly the pool's and
    /// valid now; Unavailable `identity.unavailable` when the pool's keys cannot be had.
    Task<Result<PoolClaims>> verify(std::string token) const;

private:
    Jwks& keys_;
    const Clock& clock_;
    Settings settings_;
};

}  // namespace imagify::cognito
