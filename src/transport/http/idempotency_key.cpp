#include "transport/http/idempotency_key.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "base/mutant.hpp"

namespace imagify::http {
namespace {

constexpr std::string_view kName = "Idempotency-Key";

std::string sha256_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const auto byte : digest) {
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
    }
    return hex;
}

}  // namespace

Result<std::optional<IdempotencyKey>> idempotency_key(const Request& request,
                                                      std::string_view route) {
    const auto count = request.headers.count(kName);
    if (count == 0) return std::nullopt;
    const auto key = request.headers.get(kName);
    const bool printable = std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
    if (count > 1 || key.empty() || !printable ||
        key.size() > kIdempotencyKeyMaxBytes + (MUTANT("parse.key_length") ? 1 : 0)) {
        return std::unexpected(
            Error{.kind = ErrorKind::Invalid,
                  .code = "validation.failed",
                  .fields = {{std::string(kName),
                              key.size() > kIdempotencyKeyMaxBytes ? "too_long" : "invalid"}}});
    }
    return IdempotencyKey{.route = std::string(route),
                          .key = std::string(key),
                          .fingerprint = sha256_hex(request.body)};
}

}  // namespace imagify::http
