#include "adapters/http_client/tls_trust.hpp"

#include <unistd.h>

#include <cstdlib>

namespace imagify {
namespace {

namespace ssl = boost::asio::ssl;

// OpenSSL's own default is where Debian built it to be, which other systems do not have.
std::string find_ca_file() {
    const char* named = std::getenv("SSL_CERT_FILE");
    if (named != nullptr && *named != '\0') return named;
    for (const char* path : {"/etc/pki/tls/certs/ca-bundle.crt",    // Amazon Linux, Fedora
                             "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Alpine
                             "/etc/ssl/ca-bundle.pem",              // openSUSE
                             "/etc/ssl/cert.pem"}) {
        if (::access(path, R_OK) == 0) return path;
    }
    return {};
}

}  // namespace

Result<ssl::context*> TlsTrust::context() {
    const std::lock_guard lock(mutex_);
    if (context_) return &*context_;
    const auto path = ca_file_.empty() ? find_ca_file() : ca_file_;
    ssl::context made(ssl::context::tls_client);
    boost::system::error_code error;
    made.load_verify_file(path, error);
    if (error) {
        return fail(ErrorKind::Unavailable, "upstream.unreachable",
                    "no certificates to trust: " + error.message());
    }
    SSL_CTX_set_min_proto_version(made.native_handle(), TLS1_2_VERSION);
    made.set_verify_mode(ssl::verify_peer);
    context_.emplace(std::move(made));
    return &*context_;
}

}  // namespace imagify
