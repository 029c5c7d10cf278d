#include "adapters/vnpay/form.hpp"

#include "base/mutant.hpp"

#include <charconv>

namespace imagify::vnpay {
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
    if (two_digits.size() != 2 || error != std::errc{} || stop != end) return std::nullopt;
    return static_cast<char>(byte);
}

/// Adds one `name=value` piece. False when it makes the whole query unacceptable.
bool add_parameter(std::string_view piece, std::string_view prefix, Fields& fields) {
    const auto equals = piece.find('=');
    auto name = form_decode(piece.substr(0, equals));
    if (!name) return false;
    if (!name->starts_with(prefix)) return true;
    auto value = form_decode(equals == std::string_view::npos ? std::string_view{}
                                                              : piece.substr(equals + 1));
    return value && (fields.emplace(std::move(*name), std::move(*value)).second ||
                     MUTANT("vnpay.doubled_field"));
}

}  // namespace

std::string_view value_of(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

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

std::optional<Fields> parse_form(std::string_view raw, std::string_view prefix) {
    if (raw.size() > kMaxQueryBytes) return std::nullopt;
    Fields fields;
    std::size_t parameters = 0;
    while (!raw.empty()) {
        const auto piece = raw.substr(0, raw.find('&'));
        raw.remove_prefix(std::min(piece.size() + 1, raw.size()));
        if (piece.empty()) continue;
        if (++parameters > kMaxQueryParameters) return std::nullopt;
        if (!add_parameter(piece, prefix, fields)) return std::nullopt;
    }
    return fields;
}

std::string canonical(const Fields& fields) {
    std::string data;
    for (const auto& [name, value] : fields) {
        if (value.empty() || name == kSecureHash || name == kSecureHashType) continue;
        if (!data.empty()) data += '&';
        data += form_encode(name);
        data += '=';
        data += form_encode(value);
    }
    return data;
}

}  // namespace imagify::vnpay
