#pragma once

#include <memory>
#include <optional>
#include <string_view>

struct evp_pkey_st;

namespace imagify::cognito {

/// A public key that RS256 signatures are checked with (RFC 7518, 3.3). Cheap to copy; safe from
/// several threads.
class RsaKey {
public:
    /// From modulus and exponent, big-endian. Nothing for a key under 2048 bits (RFC 7518, 3.3),
    /// over 8192, or with an exponent that is no usual one.
    static std::optional<RsaKey> from(std::string_view modulus, std::string_view exponent);

    /// Whether `signature` is this key's, RSASSA-PKCS1-v1_5 with SHA-256, over `text`.
    bool verifies(std::string_view text, std::string_view signature) const;

private:
    explicit RsaKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}

    std::shared_ptr<evp_pkey_st> key_;  ///< Shared by copies; never changed.
};

}  // namespace imagify::cognito
