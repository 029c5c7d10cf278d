#include "support/tls_probe.hpp"

#include <openssl/pem.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <csignal>

namespace imagify::testing {

TlsProbe::TlsProbe(std::uint16_t port, const TlsManners& manners)
    : HttpProbe(port), context_(SSL_CTX_new(TLS_client_method())), tls_(nullptr) {
    std::signal(SIGPIPE, SIG_IGN);
    // Old versions too: it is the server that has to refuse them.
    SSL_CTX_set_security_level(context_, 0);
    SSL_CTX_set_min_proto_version(context_, manners.min_version);
    SSL_CTX_set_max_proto_version(context_, manners.max_version);
    if (!manners.ciphers.empty()) SSL_CTX_set_cipher_list(context_, manners.ciphers.c_str());
    tls_ = SSL_new(context_);
    if (!manners.protocols.empty()) {
        SSL_set_alpn_protos(tls_, reinterpret_cast<const unsigned char*>(manners.protocols.data()),
                            static_cast<unsigned>(manners.protocols.size()));
    }
    if (manners.session != nullptr) SSL_set_session(tls_, manners.session);
    const auto patience = std::chrono::duration_cast<std::chrono::seconds>(timeout());
    const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
    ::setsockopt(socket(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    SSL_set_fd(tls_, socket());
    shook_hands_ = SSL_connect(tls_) == 1;
}

TlsProbe::~TlsProbe() {
    if (shook_hands_) SSL_shutdown(tls_);
    SSL_free(tls_);
    SSL_CTX_free(context_);
}

bool TlsProbe::send(std::string_view bytes) {
    return shook_hands_ && SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())) ==
                               static_cast<int>(bytes.size());
}

bool TlsProbe::ends() {
    char byte = 0;
    return SSL_get_error(tls_, SSL_read(tls_, &byte, 1)) == SSL_ERROR_ZERO_RETURN;
}

bool TlsProbe::readable_within(std::chrono::milliseconds patience) const {
    return SSL_pending(tls_) > 0 || HttpProbe::readable_within(patience);
}

long TlsProbe::receive(std::span<char> space) {
    return SSL_read(tls_, space.data(), static_cast<int>(space.size()));
}

std::string TlsProbe::version() const { return SSL_get_version(tls_); }

std::string TlsProbe::protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(tls_, &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

std::string TlsProbe::certificate_pem() const {
    BIO* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, SSL_get0_peer_certificate(tls_));
    char* start = nullptr;
    const auto size = BIO_get_mem_data(memory, &start);
    std::string text(start, static_cast<std::size_t>(size));
    BIO_free(memory);
    return text;
}

}  // namespace imagify::testing
