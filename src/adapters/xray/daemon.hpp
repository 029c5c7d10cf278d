#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace imagify::xray {

/// The X-Ray daemon beside us. Datagrams: sending never waits and never fails.
class Daemon {
public:
    /// `address` is $AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000", or "udp:127.0.0.1:2000 tcp:...";
    /// an IP address, so that no name is looked up. Errors: Invalid `trace.bad_address`;
    /// Unavailable `trace.no_socket`.
    static Result<std::unique_ptr<Daemon>> open(std::string_view address);
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    /// Sends one segment document (JSON). What cannot be sent at once is lost.
    void send(std::string_view document) const noexcept;

private:
    explicit Daemon(int socket) : socket_(socket) {}
    int socket_;
};

}  // namespace imagify::xray
