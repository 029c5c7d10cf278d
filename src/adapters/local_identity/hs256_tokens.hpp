#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "ports/tokens.hpp"

namespace imagify {

/// A longer token is refused unread.
inline constexpr std::size_t kTokenMaxBytes = 4'096;

/// JSON Web Tokens with HMAC-SHA256 by RFC 7519 and RFC 8725: one algorithm, one header, exact
/// claims (iss aud sub iat nbf exp jti epoch). Strict: a token that we would not have written byte
/// for byte like that is refused.
class Hs256Tokens final : public Tokens {
public:
    /// `secret` has at least 32 bytes. Clock and random outlive this.
    Hs256Tokens(const Secret& secret, const Clock& clock, Random& random);

    IssuedToken issue(const UserId& user, std::int64_t session_epoch) override;
    Result<TokenClaims> verify(std::string_view token) const override;

private:
    using Mac = std::array<unsigned char, 32>;
    Mac sign(std::string_view signing_input) const;

    Secret secret_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace imagify
