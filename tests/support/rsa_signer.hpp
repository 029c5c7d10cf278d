#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace imagify::testing {

/// An RSA key and the tokens it signs (RFC 7515), made by OpenSSL alone: no line of the product's.
class RsaSigner {
public:
    explicit RsaSigner(std::string kid, unsigned bits = 2'048);

    /// The header that a user pool writes.
    std::string header() const;
    /// Both texts encoded, and signed.
    std::string token(std::string_view header, std::string_view payload) const;
    std::string token(std::string_view payload) const { return token(header(), payload); }
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    std::string signature(std::string_view text) const;
    /// The public key as a JSON Web Key; `members` replaces what it says besides.
    std::string jwk(std::string_view members = R"(,"alg":"RS256","use":"sig")") const;
    /// The public key as everybody knows it: PEM.
    std::string pem() const;

private:
    std::string kid_;
    std::shared_ptr<evp_pkey_st> key_;
};

/// A key set of these keys.
std::string key_set(std::initializer_list<std::string> jwks);

}  // namespace imagify::testing
