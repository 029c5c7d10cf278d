#include "support/jws.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace imagify::testing {
namespace {

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string base64url(std::string_view bytes) {
    std::string text(bytes.size() / 3 * 4 + 5, '\0');
    const auto size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                      as_bytes(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    while (text.ends_with('=')) text.pop_back();
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::string hmac(const char* digest, std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    HMAC(EVP_get_digestbyname(digest), key.data(), static_cast<int>(key.size()), as_bytes(text),
         text.size(), mac.data(), &size);
    return {reinterpret_cast<const char*>(mac.data()), size};
}

std::string with_signature(const std::string& signing_input, std::string_view key) {
    return signing_input + "." + base64url(hmac("SHA256", key, signing_input));
}

}  // namespace imagify::testing
