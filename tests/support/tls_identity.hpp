#pragma once

#include <chrono>
#include <string>

namespace imagify::testing {

/// A certificate and its key, made on the spot.
struct TlsIdentity {
    std::string certificate_pem;
    std::string key_pem;
};

/// When a certificate holds, counted from now.
struct TlsValidity {
    std::chrono::seconds from = -std::chrono::hours(1);
    std::chrono::seconds until = std::chrono::hours(1);
};

/// A self-signed certificate for one host name or IP address ("localhost", "127.0.0.1").
TlsIdentity make_tls_identity(const std::string& host, TlsValidity validity = {});

}  // namespace imagify::testing
