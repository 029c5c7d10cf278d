#pragma once

#include <boost/asio/ssl/context.hpp>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace imagify {

/// Whom we trust: one TLS context, made when it is first needed (reading the certificates of a
/// Linux distribution takes about 20 ms). Safe from several threads.
class TlsTrust {
public:
    explicit TlsTrust(std::string ca_file) : ca_file_(std::move(ca_file)) {}

    /// TLS 1.2 or newer, peers must prove who they are. Lives as long as this object.
    /// Errors: Unavailable `upstream.unreachable` when there are no certificates to trust.
    Result<boost::asio::ssl::context*> context();

private:
    std::string ca_file_;
    std::mutex mutex_;
    std::optional<boost::asio::ssl::context> context_;
};

}  // namespace imagify
