#include "support/authenticator.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace imagify::testing {
namespace {

std::string base32_bytes(const std::string& text) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == '=') break;
        bits = bits << 5U | static_cast<std::uint32_t>(kAlphabet.find(c));
        count += 5;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> static_cast<unsigned>(count));
    }
    return bytes;
}

}  // namespace

std::string one_time_password(const std::string& base32, TimePoint now) {
    auto step = static_cast<std::uint64_t>(to_unix_ms(now) / 30'000);
    std::array<unsigned char, 8> counter{};
    for (auto byte = counter.rbegin(); byte != counter.rend(); ++byte, step >>= 8U) {
        *byte = static_cast<unsigned char>(step);
    }
    const auto key = base32_bytes(base32);
    std::array<unsigned char, 20> mac{};
    unsigned size = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(),
         mac.data(), &size);
    const unsigned at = mac[19] & 15U;  // RFC 4226, 5.3: dynamic truncation.
    const unsigned number = (mac[at] & 127U) << 24U | static_cast<unsigned>(mac[at + 1]) << 16U |
                            static_cast<unsigned>(mac[at + 2]) << 8U | mac[at + 3];
    auto text = std::to_string(number % 1'000'000);
    return text.insert(0, 6 - text.size(), '0');
}

}  // namespace imagify::testing
