#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/clock.hpp"
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
    /// `secret` signs; what `previous` signed is still taken, unless it is empty: so a secret can
    /// be changed without signing anybody out. Each has at least 32 bytes. The clock outlives this.
    Hs256Tokens(const Secret& secret, const Clock& clock, const Secret& previous = {});

    IssuedToken issue(const Session& session, std::int64_t session_epoch) override;
    Result<TokenClaims> verify(std::string_view token) const override;

private:
    using Mac = std::array<unsigned char, 32>;
    static Mac sign(const Secret& secret, std::string_view signing_input);
    bool is_signed(std::string_view signing_input, std::string_view mac) const;

    Secret secret_;
    Secret previous_;
    const Clock& clock_;
};

}  // namespace imagify
