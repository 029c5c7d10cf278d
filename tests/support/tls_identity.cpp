#include "support/tls_identity.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace imagify::testing {
namespace {

template <class Write>
std::string pem(Write write) {
    BIO* memory = BIO_new(BIO_s_mem());
    write(memory);
    char* start = nullptr;
    const auto length = BIO_get_mem_data(memory, &start);
    std::string text(start, static_cast<std::size_t>(length));
    BIO_free(memory);
    return text;
}

void add_extension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

TlsIdentity make_tls_identity(const std::string& host, TlsValidity validity) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), validity.from.count());
    X509_gmtime_adj(X509_getm_notAfter(certificate), validity.until.count());
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("Imagify tests"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    const bool is_address = std::ranges::all_of(host, [](char c) { return c == '.' || c <= '9'; });
    add_extension(certificate, NID_subject_alt_name, (is_address ? "IP:" : "DNS:") + host);
    add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate, key, EVP_sha256());
    TlsIdentity identity{
        .certificate_pem = pem([&](BIO* out) { PEM_write_bio_X509(out, certificate); }),
        .key_pem = pem([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
        })};
    X509_free(certificate);
    EVP_PKEY_free(key);
    return identity;
}

}  // namespace imagify::testing
