#pragma once

#include <string>
#include <string_view>

namespace imagify::aws {

/// SHA-256, 32 bytes.
std::string sha256(std::string_view bytes);

/// HMAC-SHA-256, 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// Lower-case hex.
std::string hex(std::string_view bytes);

/// Base64 with padding, in one line.
std::string base64(std::string_view bytes);

}  // namespace imagify::aws
