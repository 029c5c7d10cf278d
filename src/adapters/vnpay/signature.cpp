#include "adapters/vnpay/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cassert>

namespace imagify::vnpay {
namespace {

constexpr std::size_t kHashBytes = 64;
constexpr std::string_view kHex = "0123456789abcdef";

/// Lower-cases hex digits; empty when there is any other character.
std::string lower_hex(std::string_view text) {
    std::string lower;
    lower.reserve(text.size());
    for (const char c : text) {
        const char low = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        if (!kHex.contains(low)) return {};
        lower += low;
    }
    return lower;
}

}  // namespace

std::string sign(const Secret& secret, std::string_view data) {
    const std::string& key = secret.reveal();
    std::array<unsigned char, kHashBytes> hash{};
    unsigned size = 0;
    // HMAC only fails when SHA-512 itself is missing from the library.
    const auto* const made =
        HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(data.data()), data.size(), hash.data(), &size);
    assert(made != nullptr && size == kHashBytes);
    static_cast<void>(made);
    std::string hex;
    hex.reserve(2 * kHashBytes);
    for (const unsigned char byte : hash) hex += {kHex[byte >> 4U], kHex[byte & 15U]};
    return hex;
}

bool signature_matches(const Secret& secret, std::string_view data, std::string_view received) {
    if (secret.empty() || received.size() != 2 * kHashBytes) return false;
    const auto lower = lower_hex(received);
    if (lower.size() != received.size()) return false;
    const auto expected = sign(secret, data);
    return CRYPTO_memcmp(expected.data(), lower.data(), expected.size()) == 0;
}

std::string signed_query(const Secret& secret, const Fields& fields) {
    std::string query = canonical(fields);
    const auto hash = sign(secret, query);
    query += '&';
    query += kSecureHash;
    query += '=';
    query += hash;
    return query;
}

}  // namespace imagify::vnpay
