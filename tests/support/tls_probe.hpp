#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "support/http_probe.hpp"

namespace imagify::testing {

/// How a TLS client behaves.
struct TlsManners {
    int min_version = TLS1_2_VERSION;
    int max_version = TLS1_3_VERSION;
    /// OpenSSL's names, for TLS 1.2; empty means its own choice.
    std::string ciphers{};
    /// In the form of the wire: "\x08http/1.1"; empty offers none.
    std::string protocols{};
    /// To be resumed.
    SSL_SESSION* session = nullptr;
};

/// An HttpProbe that speaks TLS. It believes every certificate and says whose it saw.
class TlsProbe final : public HttpProbe {
public:
    explicit TlsProbe(std::uint16_t port, const TlsManners& manners = {});
    ~TlsProbe() override;

    bool send(std::string_view bytes) override;
    /// True when the server says in TLS's own words that no more will come.
    bool ends() override;
    bool readable_within(std::chrono::milliseconds patience) const override;

    /// True after a whole handshake.
    bool shook_hands() const { return shook_hands_; }
    std::string version() const;
    std::string protocol() const;
    std::string certificate_pem() const;
    bool resumed() const { return SSL_session_reused(tls_) == 1; }
    /// Of a connection that has read something; the caller frees it.
    SSL_SESSION* take_session() const { return SSL_get1_session(tls_); }

protected:
    long receive(std::span<char> space) override;

private:
    SSL_CTX* context_;
    SSL* tls_;
    bool shook_hands_ = false;
};

}  // namespace imagify::testing
