#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/task.hpp"
#include "support/tls_identity.hpp"

namespace imagify::testing {

/// Runs a Task to its end on `context`. What else the context has to do (look-ups, idle timers) is
/// not waited for.
template <class T>
T run_on(boost::asio::io_context& context, Task<T> task) {
    std::optional<T> outcome;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, T value) {
        context.stop();
        if (error) std::rethrow_exception(error);
        outcome.emplace(std::move(value));
    });
    context.restart();
    context.run();
    return std::move(outcome.value());
}

/// What a client sent, byte for byte.
struct ReceivedRequest {
    /// Request line and headers, without the empty line.
    std::string head;
    std::string body;
};

/// The server's end of one connection. Everything blocks, and ends when the client has gone or the
/// server is dropped.
class UpstreamConnection {
public:
    UpstreamConnection(int socket, SSL_CTX* tls);
    ~UpstreamConnection();
    UpstreamConnection(const UpstreamConnection&) = delete;
    UpstreamConnection& operator=(const UpstreamConnection&) = delete;

    /// The next request with all of its body, or nothing when the client has gone.
    std::optional<ReceivedRequest> read_request();
    /// The next line without its CRLF, or nothing when the client has gone.
    std::optional<std::string> read_line();
    /// False when the client has gone.
    bool send(std::string_view bytes);
    /// Sends byte by byte with a pause after each.
    void drip(std::string_view bytes, std::chrono::milliseconds pause);
    /// Says nothing until the client has gone.
    void hang();
    /// Ends the connection at once, by RST.
    void reset();

private:
    bool handshake();
    std::string read_some();

    int socket_;
    SSL* tls_ = nullptr;
    std::string unread_;
};

/// A real TCP server on 127.0.0.1 that plays a script on each connection, one thread each.
class UpstreamServer {
public:
    using Script = std::function<void(UpstreamConnection&)>;

    explicit UpstreamServer(Script script, std::optional<TlsIdentity> identity = std::nullopt);
    ~UpstreamServer();
    UpstreamServer(const UpstreamServer&) = delete;
    UpstreamServer& operator=(const UpstreamServer&) = delete;

    unsigned port() const { return port_; }
    /// "http://127.0.0.1:<port><path>", or https.
    std::string url(std::string_view path = "") const;
    /// Connections that were accepted so far.
    int connections() const { return connections_; }

private:
    void accept_all();
    void serve(int socket);

    Script script_;
    SSL_CTX* tls_ = nullptr;
    int listener_ = -1;
    unsigned port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::vector<int> open_sockets_;
    std::vector<std::jthread> threads_;
    std::jthread acceptor_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A whole answer with Content-Length.
std::string make_answer(int status, const Headers& headers, std::string_view body);

/// Answers every request of a connection with `answer`.
UpstreamServer::Script always(std::string answer);

}  // namespace imagify::testing
