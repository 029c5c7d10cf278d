#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imagify::lambda {

/// Base64 with padding (RFC 4648, 4), as events and answers carry bytes.
std::string base64_encode(std::string_view bytes);

/// The inverse. Nothing when `text` has a character outside the alphabet (line breaks too), a
/// length that is no multiple of four, or padding before its end.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace imagify::lambda
