#include "adapters/local_identity/argon2_hasher.hpp"

#include <argon2.h>
#include <crypt.h>
#include <openssl/crypto.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "base/log.hpp"

namespace imagify {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kEncodedMax = 256;

bool verify_bcrypt(std::string_view password, const std::string& hash) {
    const auto state = std::make_unique<crypt_data>();
    const char* made = crypt_r(std::string(password).c_str(), hash.c_str(), state.get());
    if (made == nullptr) return false;
    const std::string_view result(made);
    return result.size() == hash.size() &&
           CRYPTO_memcmp(result.data(), hash.data(), hash.size()) == 0;
}

}  // namespace

Argon2Hasher::Argon2Hasher(Argon2Cost cost, Random& random) : cost_(cost), random_(random) {
    // A decoy needs no real hash, only the form: salt and tag are random bytes in base64.
    constexpr std::string_view kBase64 =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto random_base64 = [&](std::size_t characters) {
        std::string text(characters, 'A');
        std::array<std::byte, 64> bytes{};
        random_.fill(bytes);
        // The last character may carry unused bits, which the decoder wants to be zero: keep 'A'.
        for (std::size_t i = 0; i + 1 < characters; ++i) {
            text[i] = kBase64[static_cast<std::size_t>(bytes[i]) & 63U];
        }
        return text;
    };
    decoy_ = "$argon2id$v=19$m=" + std::to_string(cost_.memory_kib) +
             ",t=" + std::to_string(cost_.passes) + ",p=1$" + random_base64(22) + '$' +
             random_base64(43);
}

std::string Argon2Hasher::hash(std::string_view password) {
    std::array<std::byte, kSaltBytes> salt{};
    random_.fill(salt);
    std::array<char, kEncodedMax> encoded{};
    const int code = argon2id_hash_encoded(cost_.passes, cost_.memory_kib, kLanes, password.data(),
                                           password.size(), salt.data(), salt.size(), kHashBytes,
                                           encoded.data(), encoded.size());
    if (code != ARGON2_OK) throw std::runtime_error(argon2_error_message(code));
    return encoded.data();
}

bool Argon2Hasher::verify(std::string_view password, std::string_view hash) {
    const std::string encoded(hash);
    if (encoded.starts_with("$2")) return verify_bcrypt(password, encoded);
    const int code = argon2id_verify(encoded.c_str(), password.data(), password.size());
    if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH) {
        log_event(LogLevel::Error, "password.verify_failed",
                  {{"detail", std::string_view(argon2_error_message(code))}});
    }
    return code == ARGON2_OK;
}

}  // namespace imagify
