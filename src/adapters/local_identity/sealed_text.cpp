#include "adapters/local_identity/sealed_text.hpp"

#include <openssl/evp.h>

#include <memory>
#include <span>
#include <stdexcept>

#include "base/base64url.hpp"

namespace imagify {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr int kTagBytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher new_cipher() { return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free}; }

const unsigned char* in(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
int size_of(std::string_view text) { return static_cast<int>(text.size()); }

}  // namespace

std::string seal(const Secret& key, std::string_view text, std::string_view context,
                 Random& random) {
    std::string nonce(kNonceBytes, '\0');
    random.fill(std::as_writable_bytes(std::span(nonce)));
    std::string sealed(text.size(), '\0');
    std::string tag(kTagBytes, '\0');
    const auto cipher = new_cipher();
    int size = 0;
    const bool done =
        cipher != nullptr &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key.reveal()), in(nonce)) ==
            1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &size, in(context), size_of(context)) == 1 &&
        EVP_EncryptUpdate(cipher.get(), out(sealed), &size, in(text), size_of(text)) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), nullptr, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data()) == 1;
    if (!done) throw std::runtime_error("AES-GCM failed");
    return base64url_encode(nonce + sealed + tag);
}

std::optional<std::string> unseal(const Secret& key, std::string_view sealed,
                                  std::string_view context) {
    const auto bytes = base64url_decode(sealed);
    if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return std::nullopt;
    const std::string_view all(*bytes);
    const auto hidden = all.substr(kNonceBytes, all.size() - kNonceBytes - kTagBytes);
    std::string tag(all.substr(all.size() - kTagBytes));
    std::string text(hidden.size(), '\0');
    const auto cipher = new_cipher();
    int size = 0;
    const bool opened =
        cipher != nullptr &&
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key.reveal()), in(all)) ==
            1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &size, in(context), size_of(context)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), out(text), &size, in(hidden), size_of(hidden)) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), nullptr, &size) == 1;
    if (!opened) return std::nullopt;
    return text;
}

}  // namespace imagify
