#include "adapters/local_identity/key_ring.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include <stdexcept>

namespace imagify {
namespace {

constexpr std::size_t kKeyBytes = 32;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Secret derive(const Secret& secret, std::string_view purpose) {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), EVP_PKEY_CTX_free);
    std::string key(kKeyBytes, '\0');
    auto size = key.size();
    const auto& input = secret.reveal();
    const bool derived =
        context != nullptr && EVP_PKEY_derive_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) == 1 &&
        EVP_PKEY_CTX_set1_hkdf_key(context.get(), bytes_of(input),
                                   static_cast<int>(input.size())) == 1 &&
        EVP_PKEY_CTX_add1_hkdf_info(context.get(), bytes_of(purpose),
                                    static_cast<int>(purpose.size())) == 1 &&
        EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char*>(key.data()), &size) == 1;
    if (!derived) throw std::runtime_error("HKDF failed");
    return Secret(std::move(key));
}

}  // namespace

Keys derive_keys(const std::vector<Secret>& secrets, std::string_view purpose) {
    Keys keys;
    keys.reserve(secrets.size());
    for (const auto& secret : secrets) keys.push_back(derive(secret, purpose));
    return keys;
}

std::string mac_of(const Secret& key, std::string_view text) {
    std::string mac(32, '\0');
    unsigned size = 0;
    HMAC(EVP_sha256(), key.reveal().data(), static_cast<int>(key.reveal().size()), bytes_of(text),
         text.size(), reinterpret_cast<unsigned char*>(mac.data()), &size);
    return mac;
}

bool same_bytes(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace imagify
