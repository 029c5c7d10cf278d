#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imagify {

/// Base64 in lines of 76 characters, each ended by CRLF (RFC 2045, 6.8).
std::string base64_lines(std::string_view bytes);

/// The inverse; line ends are skipped. Nothing for anything that base64_lines does not make.
std::optional<std::string> decode_base64(std::string_view text);

/// A header's text: as it is when it is short printable ASCII, else encoded words (RFC 2047), one
/// a line. No character of `text` can end the header. UTF-8 is never cut inside a character.
std::string encode_header_text(std::string_view text);

/// The inverse, for what encode_header_text made, unfolded.
std::optional<std::string> decode_header_text(std::string_view text);

}  // namespace imagify
