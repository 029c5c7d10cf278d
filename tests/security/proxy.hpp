#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string_view>

#include "support/temp_folder.hpp"

namespace imagify::testing {

enum class ProxyKind { Nginx, Haproxy };

/// A proxy that people really put in front, with one kept connection to the server behind it, so
/// that whatever is left over on it meets the next customer.
class Proxy {
public:
    /// Throws when it does not start.
    Proxy(ProxyKind kind, std::uint16_t server_port);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    /// Whether it is on this machine; ./test does not install it, because Debian's packages start
    /// a server on port 80.
    static bool installed(ProxyKind kind);
    static std::string_view name(ProxyKind kind);

    std::uint16_t port() const { return port_; }

private:
    TempFolder folder_;
    std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace imagify::testing
