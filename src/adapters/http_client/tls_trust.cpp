#include "adapters/http_client/tls_trust.hpp"

#include <openssl/x509_vfy.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "adapters/http_client/amazon_roots.hpp"

namespace imagify {
namespace {

namespace ssl = boost::asio::ssl;

// OpenSSL's own default is where Debian built it to be, which other systems do not have.
std::string find_ca_file() {
    for (const char* path : {"/etc/pki/tls/certs/ca-bundle.crt",    // Amazon Linux, Fedora
                             "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Alpine
                             "/etc/ssl/ca-bundle.pem",              // openSUSE
                             "/etc/ssl/cert.pem"}) {
        if (::access(path, R_OK) == 0) return path;
    }
    return {};
}

std::unexpected<Error> nobody(const boost::system::error_code& error) {
    return fail(ErrorKind::Unavailable, "upstream.unreachable",
                "no certificates to trust: " + error.message());
}

ssl::context strict_context() {
    ssl::context made(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(made.native_handle(), TLS1_2_VERSION);
    made.set_verify_mode(ssl::verify_peer);
    return made;
}

// Whether this thread looks again, after the system's authorities were read.
thread_local bool looks_again = false;

void read_system_once(X509_LOOKUP* lookup, X509_STORE* store) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    if (X509_LOOKUP_get_method_data(lookup) != nullptr) return;
    X509_LOOKUP_set_method_data(lookup, store);  // Any mark: it has been read.
    X509_STORE_load_file(store, find_ca_file().c_str());
}

// Asked by OpenSSL for an authority that the store does not have: reads all of the system's into it
// and looks again. OpenSSL holds no lock meanwhile, and takes one for each change of the store.
int look_in_system(X509_LOOKUP* lookup, X509_LOOKUP_TYPE type, const X509_NAME* name,
                   X509_OBJECT* found) {
    if (type != X509_LU_X509 || looks_again) return 0;
    auto* const store = X509_LOOKUP_get_store(lookup);
    read_system_once(lookup, store);
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> reading(
        X509_STORE_CTX_new(), X509_STORE_CTX_free);
    if (!reading || X509_STORE_CTX_init(reading.get(), store, nullptr, nullptr) != 1) return 0;
    looks_again = true;
    const int outcome = X509_STORE_CTX_get_by_subject(reading.get(), type, name, found);
    looks_again = false;
    // Whoever asked takes a reference of its own; the store keeps the certificate alive.
    if (outcome == 1) X509_free(X509_OBJECT_get0_X509(found));
    return outcome;
}

X509_LOOKUP_METHOD* system_method() {
    static X509_LOOKUP_METHOD* const method = [] {
        auto* const made = X509_LOOKUP_meth_new("authorities of the system");
        if (made != nullptr) X509_LOOKUP_meth_set_get_by_subject(made, look_in_system);
        return made;
    }();
    return method;
}

bool is_of_aws(std::string_view host) { return host.ends_with(".amazonaws.com"); }

}  // namespace

TlsTrust::TlsTrust(std::string ca_file) : ca_file_(std::move(ca_file)) {
    const char* const named = std::getenv("SSL_CERT_FILE");
    if (ca_file_.empty() && named != nullptr) ca_file_ = named;
    is_named_ = !ca_file_.empty();
}

Result<ssl::context*> TlsTrust::context(std::string_view host) {
    const std::lock_guard lock(mutex_);
    const bool aws = !is_named_ && is_of_aws(host);
    auto& slot = aws ? for_aws_ : general_;
    if (!slot) {
        auto made = aws ? make_for_aws() : make_general();
        if (!made) return std::unexpected(made.error());
        slot.emplace(std::move(*made));
    }
    return &*slot;
}

Result<ssl::context> TlsTrust::make_general() const {
    auto made = strict_context();
    boost::system::error_code error;
    made.load_verify_file(is_named_ ? ca_file_ : find_ca_file(), error);
    if (error) return nobody(error);
    return made;
}

Result<ssl::context> TlsTrust::make_for_aws() const {
    auto made = strict_context();
    boost::system::error_code error;
    made.add_certificate_authority(boost::asio::buffer(kAmazonRoots.data(), kAmazonRoots.size()),
                                   error);
    if (error) return nobody(error);
    auto* const store = SSL_CTX_get_cert_store(made.native_handle());
    X509_STORE_add_lookup(store, system_method());
    return made;
}

}  // namespace imagify
