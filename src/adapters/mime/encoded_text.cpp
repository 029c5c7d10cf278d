#include "adapters/mime/encoded_text.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace imagify {
namespace {

constexpr std::size_t kLineBytes = 57;  // 76 characters of base64.
// "Subject: =?UTF-8?B?...?=" stays within 76 columns (RFC 2047, 2).
constexpr std::size_t kWordBytes = 39;
constexpr std::size_t kPlainMaxBytes = 64;
constexpr std::string_view kWordStart = "=?UTF-8?B?";
constexpr std::string_view kWordEnd = "?=";

std::string to_base64(std::string_view bytes) {
    // One more for the NUL that OpenSSL adds.
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const auto size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                      reinterpret_cast<const unsigned char*>(bytes.data()),
                                      static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

bool is_plain(std::string_view text) {
    return text.size() <= kPlainMaxBytes && std::ranges::all_of(text, is_printable) &&
           !text.contains("=?") && !text.starts_with(' ') && !text.ends_with(' ');
}

}  // namespace

std::string base64_lines(std::string_view bytes) {
    std::string lines;
    lines.reserve(bytes.size() / kLineBytes * 78 + 80);
    for (std::size_t at = 0; at < bytes.size(); at += kLineBytes) {
        lines += to_base64(bytes.substr(at, kLineBytes));
        lines += "\r\n";
    }
    return lines;
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string packed;
    packed.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(packed),
                         [](char c) { return c != '\r' && c != '\n'; });
    if (packed.empty()) return std::string();
    if (packed.size() % 4 != 0) return std::nullopt;
    std::string bytes(packed.size() / 4 * 3, '\0');
    const auto size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                      reinterpret_cast<const unsigned char*>(packed.data()),
                                      static_cast<int>(packed.size()));
    if (size < 0) return std::nullopt;
    const auto padding = packed.ends_with("==") ? 2U : packed.ends_with('=') ? 1U : 0U;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

std::string encode_header_text(std::string_view text) {
    if (is_plain(text)) return std::string(text);
    std::string words;
    while (!text.empty()) {
        auto size = std::min(text.size(), kWordBytes);
        while (size < text.size() && size > 1 && is_continuation(text[size])) --size;
        if (!words.empty()) words += "\r\n ";
        words.append(kWordStart).append(to_base64(text.substr(0, size))).append(kWordEnd);
        text.remove_prefix(size);
    }
    return words;
}

std::optional<std::string> decode_header_text(std::string_view text) {
    if (!text.starts_with(kWordStart)) return std::string(text);
    std::string decoded;
    while (!text.empty()) {
        const auto end = text.find(kWordEnd, kWordStart.size());
        if (!text.starts_with(kWordStart) || end == std::string_view::npos) return std::nullopt;
        const auto word = decode_base64(text.substr(kWordStart.size(), end - kWordStart.size()));
        if (!word) return std::nullopt;
        decoded += *word;
        text.remove_prefix(end + kWordEnd.size());
        if (text.starts_with(' ')) text.remove_prefix(1);
    }
    return decoded;
}

}  // namespace imagify
