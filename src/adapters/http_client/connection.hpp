#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <string>

#include "base/task.hpp"

namespace imagify {

/// One TCP connection, with TLS on it or not. Used by one coroutine at a time; `close` ends what it
/// waits for.
class Connection {
public:
    using ErrorCode = boost::system::error_code;

    explicit Connection(const boost::asio::any_io_executor& executor) : socket_(executor) {}
    /// Takes over a socket that is connected.
    explicit Connection(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

    Task<ErrorCode> connect(boost::asio::ip::tcp::endpoint endpoint);

    /// Starts TLS; the peer must prove that it is `host` (a name or an IP address).
    Task<ErrorCode> handshake(boost::asio::ssl::context& context, std::string host);

    /// At least one byte, or an error; `eof` when the peer has ended the stream properly.
    Task<std::pair<ErrorCode, std::size_t>> read_some(boost::asio::mutable_buffer buffer);

    /// Sends both, in order. They live until the Task ends.
    Task<ErrorCode> write(std::string_view head, std::string_view body);

    /// True while the peer has neither closed the idle connection nor sent anything unasked.
    bool is_quiet();

    void close();

private:
    using Tls = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace imagify
