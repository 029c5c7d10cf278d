#include "base/base64url.hpp"

#include <array>
#include <cstdint>

#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNone = 0xff;

constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNone);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}();

}  // namespace

std::string base64url_encode(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t pool = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        pool = (pool << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) text += kAlphabet[(pool >> (bits - 6)) & 63U];
    }
    if (bits > 0) text += kAlphabet[(pool << (6 - bits)) & 63U];
    return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t pool = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const auto value = kValues[static_cast<unsigned char>(c)];
        if (value == kNone) return std::nullopt;
        pool = (pool << 6U) | value;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((pool >> bits) & 0xffU);
    }
    const auto unused = pool & ((1U << bits) - 1U);
    if (unused != 0 && !MUTANT("parse.unused_bits")) return std::nullopt;
    return bytes;
}

}  // namespace imagify
