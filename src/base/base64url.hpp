#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imagify {

/// RFC 4648 section 5, without padding.
std::string base64url_encode(std::string_view bytes);

/// The strict inverse: nothing for padding, other characters, impossible lengths, or unused bits
/// that are not zero (so that one value has one spelling).
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace imagify
