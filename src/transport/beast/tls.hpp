#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>

#include "base/result.hpp"

// OpenSSL's own names, so that its headers stay out of ours.
struct ssl_st;
struct ssl_ctx_st;

namespace imagify::http {

struct FreeSession {
    void operator()(ssl_st* session) const;
};
struct FreeContext {
    void operator()(ssl_ctx_st* context) const;
};
using TlsSession = std::unique_ptr<ssl_st, FreeSession>;
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeContext>;

/// Where a certificate (with the chain below its root) and its key are, both in PEM.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

/// What a look at the files tells.
struct TlsCertificate {
    std::chrono::sys_seconds valid_from;
    std::chrono::sys_seconds valid_until;
};

/// Reads both files as the server would, without using them. Errors: Invalid `tls.unreadable`,
/// `tls.no_certificate`, `tls.no_key`, `tls.wrong_key`, each with a detail for the operator.
Result<TlsCertificate> inspect_tls_files(const TlsFiles& files);

/// The server's side of TLS 1.2 and 1.3: its certificate, and a session for each connection.
/// Safe from several threads.
class TlsServer {
public:
    explicit TlsServer(TlsFiles files) : files_(std::move(files)) {}

    /// Reads the files and uses them from the next connection on; open ones keep theirs. With an
    /// error (as of `inspect_tls_files`) everything stays as it was. An expired certificate is
    /// used, and logged.
    Result<void> load();

    /// A session on this socket, which outlives it and does not block; null when memory is short.
    TlsSession open(int socket);

private:
    const TlsFiles files_;
    std::mutex mutex_;
    TlsContext context_;
};

}  // namespace imagify::http
