#include "adapters/cognito/rsa_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace imagify::cognito {
namespace {

constexpr std::size_t kModulusMinBytes = 2'048 / 8;
constexpr std::size_t kModulusMaxBytes = 8'192 / 8;
// Longer exponents only make a check slow.
constexpr std::size_t kExponentMaxBytes = 4;

template <auto drop>
struct Drop {
    template <class T>
    void operator()(T* thing) const {
        drop(thing);
    }
};
using Number = std::unique_ptr<BIGNUM, Drop<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Drop<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Drop<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Drop<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Drop<EVP_MD_CTX_free>>;

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view bytes) {
    return Number(BN_bin2bn(as_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

}  // namespace

std::optional<RsaKey> RsaKey::from(std::string_view modulus, std::string_view exponent) {
    const bool sized = modulus.size() >= kModulusMinBytes && modulus.size() <= kModulusMaxBytes &&
                       modulus.front() != '\0' && !exponent.empty() &&
                       exponent.size() <= kExponentMaxBytes;
    if (!sized) return std::nullopt;
    const auto n = number_of(modulus);
    const auto e = number_of(exponent);
    if (!n || !e || BN_num_bits(n.get()) < 2'048) return std::nullopt;
    if (!BN_is_odd(e.get()) || BN_is_one(e.get())) return std::nullopt;
    const Builder builder(OSSL_PARAM_BLD_new());
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
        return std::nullopt;
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return std::nullopt;
    }
    return RsaKey(std::shared_ptr<evp_pkey_st>(key, EVP_PKEY_free));
}

bool RsaKey::verifies(std::string_view text, std::string_view signature) const {
    const Digest digest(EVP_MD_CTX_new());
    return digest &&
           EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(digest.get(), as_bytes(signature), signature.size(), as_bytes(text),
                            text.size()) == 1;
}

}  // namespace imagify::cognito
