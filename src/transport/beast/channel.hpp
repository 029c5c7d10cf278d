#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <span>
#include <tuple>

#include "base/task.hpp"
#include "transport/beast/tls.hpp"

namespace imagify::http {

/// One client's bytes, in the clear or through TLS. Used by one coroutine at a time. Cancelling
/// the socket ends whatever waits. Writing to a client that has gone must not raise SIGPIPE: the
/// program ignores it.
class Channel {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Buffers = std::array<boost::asio::const_buffer, 2>;
    using Read = std::tuple<boost::system::error_code, std::size_t>;
    enum class Sign { Nothing, Bytes, Gone };

    /// `socket` does not block; without a session the bytes are in the clear.
    Channel(Socket socket, TlsSession session)
        : socket_(std::move(socket)), session_(std::move(session)) {}

    Socket& socket() { return socket_; }
    bool secure() const { return session_ != nullptr; }

    /// The TLS handshake; false when the client cannot or does not do it.
    Task<bool> handshake();
    /// At least one decrypted byte, or eof. Only for TLS: plain bytes come from `socket`, which
    /// saves a coroutine for each read.
    Task<Read> read_decrypted(std::span<char> space);
    /// What the kernel takes at once, `would_block` when that is nothing.
    std::size_t write_some(const Buffers& buffers, boost::system::error_code& error);
    /// Looks whether the client has sent something or gone away, without taking it.
    Sign peek();
    /// Tells the client that no more will come, if that can be done at once.
    void finish();

private:
    std::size_t encrypt_some(boost::asio::const_buffer buffer, boost::system::error_code& error);
    /// Waits until the session can go on after it yielded `outcome`; false when it cannot.
    Task<bool> wait(int outcome);

    Socket socket_;
    TlsSession session_;
    /// After a fatal error nothing may be sent on a session, not even a farewell.
    bool fatal_ = false;
    bool open_ = false;
};

}  // namespace imagify::http
