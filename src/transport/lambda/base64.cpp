#include "transport/lambda/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "base/mutant.hpp"

namespace imagify::lambda {
namespace {

bool is_digit_of_64(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
    // EVP_EncodeBlock ends its text with a NUL.
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       bytes_of(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    if (text.ends_with('=')) padding = text.ends_with("==") ? 2 : 1;
    // OpenSSL takes spaces around the text and padding inside it.
    const auto digits = text.substr(0, text.size() - padding);
    if (!std::ranges::all_of(digits, is_digit_of_64)) return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       bytes_of(text), static_cast<int>(text.size()));
    if (length < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(length) - (MUTANT("parse.base64_padding") ? 0 : padding));
    return bytes;
}

}  // namespace imagify::lambda
