#pragma once

#include <boost/asio/ssl/context.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace imagify {

/// Whom we trust: TLS contexts, made when they are first needed (reading the certificates of a
/// Linux distribution takes about 20 ms). Safe from several threads.
class TlsTrust {
public:
    /// `ca_file`: a PEM file with all authorities to trust. Empty: $SSL_CERT_FILE, or the usual
    /// places of Linux distributions.
    explicit TlsTrust(std::string ca_file);

    /// TLS 1.2 or newer, peers must prove who they are. Lives as long as this object. Where nobody
    /// named a file, hosts of AWS are held against Amazon's authorities first, and the others are
    /// only read when those do not do. Errors: Unavailable `upstream.unreachable` when there are no
    /// certificates to trust.
    Result<boost::asio::ssl::context*> context(std::string_view host = {});

private:
    using Context = boost::asio::ssl::context;

    Result<Context> make_general() const;
    Result<Context> make_for_aws() const;

    std::string ca_file_;
    /// Somebody said whom to trust: nobody else is.
    bool is_named_;
    std::mutex mutex_;
    std::optional<Context> general_;
    std::optional<Context> for_aws_;
};

}  // namespace imagify
