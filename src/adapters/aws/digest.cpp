#include "adapters/aws/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <new>

namespace imagify::aws {
namespace {

constexpr std::size_t kSha256Bytes = 32;
constexpr std::string_view kHex = "0123456789abcdef";
using Digest = std::array<unsigned char, kSha256Bytes>;

std::string text_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

// Both only fail where there is no memory, or no SHA-256 in the library.
std::string sha256(std::string_view bytes) {
    Digest digest{};
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
    return text_of(digest);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    Digest digest{};
    const auto* const made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                  reinterpret_cast<const unsigned char*>(bytes.data()),
                                  bytes.size(), digest.data(), nullptr);
    if (made == nullptr) throw std::bad_alloc();
    return text_of(digest);
}

std::string hex(std::string_view bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += {kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return text;
}

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL.
    const auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                        reinterpret_cast<const unsigned char*>(bytes.data()),
                                        static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace imagify::aws
