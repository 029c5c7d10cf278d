#include "support/rsa_signer.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>

#include "support/jws.hpp"

namespace imagify::testing {
namespace {

std::string number(const evp_pkey_st* key, const char* name) {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key, name, &value);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    return bytes;
}

}  // namespace

RsaSigner::RsaSigner(std::string kid, unsigned bits)
    : kid_(std::move(kid)), key_(EVP_RSA_gen(bits), EVP_PKEY_free) {}

std::string RsaSigner::header() const { return R"({"kid":")" + kid_ + R"(","alg":"RS256"})"; }

std::string RsaSigner::signature(std::string_view text) const {
    std::string signed_text(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
    auto size = signed_text.size();
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signed_text.data()), &size,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    signed_text.resize(size);
    return signed_text;
}

std::string RsaSigner::token(std::string_view header, std::string_view payload) const {
    const auto input = base64url(header) + '.' + base64url(payload);
    return input + '.' + base64url(signature(input));
}

std::string RsaSigner::jwk(std::string_view members) const {
    return R"({"kty":"RSA","kid":")" + kid_ + R"(","n":")" +
           base64url(number(key_.get(), OSSL_PKEY_PARAM_RSA_N)) + R"(","e":")" +
           base64url(number(key_.get(), OSSL_PKEY_PARAM_RSA_E)) + '"' + std::string(members) + '}';
}

std::string RsaSigner::pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PUBKEY(memory.get(), key_.get());
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string key_set(std::initializer_list<std::string> jwks) {
    std::string set;
    for (const auto& jwk : jwks) set += (set.empty() ? "" : ",") + jwk;
    return R"({"keys":[)" + set + "]}";
}

}  // namespace imagify::testing
