#include "base/form_encoding.hpp"

#include <charconv>

#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_literal(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '*' ||
           c == '-' || c == '.' || c == '_';
}

std::optional<char> decode_escape(std::string_view two_digits) {
    unsigned byte = 0;
    const char* const end = two_digits.data() + two_digits.size();
    const auto [stop, error] = std::from_chars(two_digits.data(), end, byte, 16);
    const std::size_t least = MUTANT("parse.short_escape") ? 1 : 2;
    if (two_digits.size() < least || error != std::errc{} || stop != end) return std::nullopt;
    return static_cast<char>(byte);
}

}  // namespace

std::string form_encode(std::string_view text) {
    std::string encoded;
    encoded.reserve(text.size() + text.size() / 4);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_literal(c)) {
            encoded += c;
        } else if (c == ' ') {
            encoded += '+';
        } else {
            encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
        }
    }
    return encoded;
}

std::optional<std::string> form_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            const auto byte = decode_escape(text.substr(i + 1, 2));
            if (!byte) return std::nullopt;
            c = *byte;
            i += 2;
        }
        if (c == '\0') return std::nullopt;
        decoded += c;
    }
    return decoded;
}

}  // namespace imagify
