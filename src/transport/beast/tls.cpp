#include "transport/beast/tls.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "base/log.hpp"

namespace imagify::http {
namespace {

using Clock = std::chrono::system_clock;
template <auto Free>
struct FreeBy {
    void operator()(auto* thing) const { Free(thing); }
};
using Bio = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, FreeBy<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;

std::unexpected<Error> broken(std::string_view code, const std::string& detail) {
    ERR_clear_error();
    return fail(ErrorKind::Invalid, std::string(code), detail);
}

// A question for a passphrase would wait for a terminal for ever.
int no_passphrase(char*, int, int, void*) { return 0; }

Result<Bio> open_file(const std::filesystem::path& file) {
    errno = 0;
    Bio bio(BIO_new_file(file.c_str(), "r"));
    if (bio) return bio;
    return broken("tls.unreadable", "cannot read " + file.string() + ": " + std::strerror(errno) +
                                        "; the server's user needs to read it");
}

std::chrono::sys_seconds moment(const ASN1_TIME* time) {
    int days = 0;
    int seconds = 0;
    ASN1_TIME* const epoch = ASN1_TIME_set(nullptr, 0);
    ASN1_TIME_diff(&days, &seconds, epoch, time);
    ASN1_TIME_free(epoch);
    return std::chrono::sys_seconds(std::chrono::days(days) + std::chrono::seconds(seconds));
}

struct Pair {
    Certificate certificate;
    Key key;
};

Result<Pair> read_pair(const TlsFiles& files) {
    auto bio = open_file(files.certificate);
    if (!bio) return std::unexpected(bio.error());
    Pair pair;
    pair.certificate.reset(PEM_read_bio_X509(bio->get(), nullptr, no_passphrase, nullptr));
    if (!pair.certificate) {
        return broken("tls.no_certificate", files.certificate.string() +
                                                " holds no certificate in PEM (-----BEGIN "
                                                "CERTIFICATE-----)");
    }
    bio = open_file(files.key);
    if (!bio) return std::unexpected(bio.error());
    pair.key.reset(PEM_read_bio_PrivateKey(bio->get(), nullptr, no_passphrase, nullptr));
    if (!pair.key) {
        return broken("tls.no_key",
                      files.key.string() + " holds no private key in PEM without a passphrase");
    }
    if (X509_check_private_key(pair.certificate.get(), pair.key.get()) != 1) {
        return broken("tls.wrong_key", "the key in " + files.key.string() +
                                           " does not belong to the certificate in " +
                                           files.certificate.string());
    }
    return pair;
}

TlsCertificate facts_of(const Certificate& certificate) {
    return {.valid_from = moment(X509_get0_notBefore(certificate.get())),
            .valid_until = moment(X509_get0_notAfter(certificate.get()))};
}

// The only protocol above TLS here; a client that insists on another is told so (RFC 7301, 3.2).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
    static constexpr unsigned char kHttp11[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const int outcome =
        SSL_select_next_proto(&found, size, kHttp11, sizeof kHttp11 - 1, offered, offered_size);
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<TlsContext> make_context(const TlsFiles& files, const Pair& pair) {
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    if (!context) return broken("tls.unusable", "TLS cannot be set up: memory is short");
    auto* const raw = context.get();
    SSL_CTX_set_default_passwd_cb(raw, no_passphrase);
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    // Forward secrecy and authenticated encryption only; those of TLS 1.3 all are.
    SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
    // HTTP knows where its messages end, so a cut connection needs no word of TLS.
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                 SSL_OP_IGNORE_UNEXPECTED_EOF);
    // Idle connections give their buffers back; a response may lie elsewhere when it goes on.
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Sessions are resumed by tickets; a cache would be memory that strangers fill.
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(raw, files.certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey(raw, pair.key.get()) != 1 || SSL_CTX_check_private_key(raw) != 1) {
        return broken("tls.unusable", files.certificate.string() +
                                          " cannot be used: its chain is damaged, its key too "
                                          "short, or it has just been replaced");
    }
    return context;
}

}  // namespace

void FreeSession::operator()(ssl_st* session) const { SSL_free(session); }
void FreeContext::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsCertificate> inspect_tls_files(const TlsFiles& files) {
    const auto pair = read_pair(files);
    if (!pair) return std::unexpected(pair.error());
    if (const auto context = make_context(files, *pair); !context) {
        return std::unexpected(context.error());
    }
    return facts_of(pair->certificate);
}

Result<void> TlsServer::load() {
    const auto pair = read_pair(files_);
    if (!pair) return std::unexpected(pair.error());
    auto context = make_context(files_, *pair);
    if (!context) return std::unexpected(context.error());
    if (facts_of(pair->certificate).valid_until < Clock::now()) {
        const auto file = files_.certificate.string();
        log_event(LogLevel::Error, "tls.expired", {{"file", std::string_view(file)}});
    }
    const std::lock_guard lock(mutex_);
    context_ = std::move(*context);
    return {};
}

TlsSession TlsServer::open(int socket) {
    TlsSession session;
    {
        const std::lock_guard lock(mutex_);
        session.reset(SSL_new(context_.get()));
    }
    if (!session || SSL_set_fd(session.get(), socket) != 1) return nullptr;
    SSL_set_accept_state(session.get());
    return session;
}

}  // namespace imagify::http
