#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "transport/beast/head_parser.hpp"
#include "transport/beast/tls.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// How long each part of an exchange may take. Checked by a coarse timer: up to a second later.
struct TimeLimits {
    /// From the connection to the end of the TLS handshake, where TLS is spoken.
    std::chrono::milliseconds handshake = std::chrono::seconds(10);
    /// From the first byte of a request to the end of its head.
    std::chrono::milliseconds head = std::chrono::seconds(10);
    /// From the first byte of a request to the end of its body.
    std::chrono::milliseconds request = std::chrono::seconds(30);
    /// Between two requests of one connection, and before the first.
    std::chrono::milliseconds idle = std::chrono::seconds(15);
    /// Without a byte taken by the client while a response is sent.
    std::chrono::milliseconds write = std::chrono::seconds(30);
};

/// One answered request, for access logs and metrics. The views end with the call.
struct AccessRecord {
    Method method;
    /// As sent, without the query; empty when the request could not be parsed.
    std::string_view path;
    /// The pattern that matched, as the service filled it in.
    std::string_view route;
    unsigned status;
    /// Sent, head and framing included.
    std::uint64_t bytes;
    /// From the request's last byte to the response's last byte given to the kernel.
    std::chrono::microseconds duration;
    std::string_view request_id;
    /// Who was signed in, as the service filled it in; may be empty.
    std::string_view user_id;
    /// The caller's trace, as the service filled it in; may be empty.
    std::string_view trace_id;
};

struct ServerConfig {
    /// "127.0.0.1:8080", "[::]:8080", ":8080" (every IPv4 address); port 0 takes a free one.
    std::string listen = "127.0.0.1:8080";
    /// I/O threads, each with its own sockets; at least 1.
    std::size_t threads = 1;
    RequestLimits requests;
    TimeLimits times;
    /// Open connections of one client (an IPv4 address or an IPv6 /64) and of all together.
    std::size_t connections_per_client = 256;
    std::size_t connections = 10'000;
    /// Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed.
    std::vector<std::string> trusted_proxies;
    /// Speaks TLS, and nothing else, with these.
    std::optional<TlsFiles> tls;
    /// Called after each response, also refusals, by every I/O thread: it must be quick and safe
    /// from several threads at once. May be empty.
    std::function<void(const AccessRecord&)> on_access;
};

/// HTTP/1.1 on TCP, or on TLS on TCP, in front of a Service.
///
/// Each I/O thread has its own event loop and its own listening socket of the same port
/// (SO_REUSEPORT), so that a request never changes threads. Requests of one connection are answered
/// in order, one at a time. Whatever breaks the rules of RFC 9112 is refused with a problem
/// document and the connection is closed.
class BeastServer {
public:
    /// `service` and `random` outlive the server. Throws std::invalid_argument when the
    /// configuration names an address or network that is none.
    BeastServer(ServerConfig config, Service& service, Random& random);
    /// Only after `run` has returned, or when it was never called. Destroys the coroutines that
    /// were cut, so everything that could still resume one of them (workers) must have stopped.
    ~BeastServer();
    BeastServer(const BeastServer&) = delete;
    BeastServer& operator=(const BeastServer&) = delete;

    /// Opens the port; clients can connect from here on and are served once `run` is called.
    /// Yields the port. Errors: Unavailable `server.listen_failed`; those of `TlsServer::load`.
    Result<std::uint16_t> listen();

    /// Reads the TLS files again, after `listen`; no connection ends. Errors: those of
    /// `TlsServer::load`, and the old certificate stays. Without TLS it does nothing.
    Result<void> reload_tls();

    /// Serves until `stop` and the end of the drain; needs `listen` before.
    void run();

    /// Begins the drain: no new connection, idle ones and event streams are closed at once, running
    /// requests have `bound` to finish; then they are cut. Returns at once; any thread; a second
    /// call can only shorten the bound.
    void stop(std::chrono::milliseconds bound);

    /// The event loop of I/O thread 0, for background work; it runs as long as `run`.
    boost::asio::any_io_executor executor();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace imagify::http
