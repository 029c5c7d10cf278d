#pragma once

#include <string>
#include <string_view>

namespace imagify::testing {

/// The pieces of a signed token (RFC 7515), made by OpenSSL alone: no line of the product's.
/// Without padding.
std::string base64url(std::string_view bytes);

/// The MAC of `text` by an OpenSSL digest: "SHA256", "SHA512", ...
std::string hmac(const char* digest, std::string_view key, std::string_view text);

/// `signing_input` with its HMAC-SHA256 as last part.
std::string with_signature(const std::string& signing_input, std::string_view key);

}  // namespace imagify::testing
