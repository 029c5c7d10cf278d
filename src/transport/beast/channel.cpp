#include "transport/beast/channel.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <limits>

namespace imagify::http {
namespace {

namespace asio = boost::asio;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
// RFC 8446, 5.1: what one record holds.
constexpr std::size_t kRecordBytes = std::size_t{16} * 1024;

int sized(std::size_t bytes) {
    return static_cast<int>(std::min<std::size_t>(bytes, std::numeric_limits<int>::max()));
}

}  // namespace

Task<bool> Channel::wait(int outcome) {
    const int reason = SSL_get_error(session_.get(), outcome);
    if (reason == SSL_ERROR_WANT_READ) {
        const auto [error] = co_await socket_.async_wait(Socket::wait_read, kTuple);
        co_return !error;
    }
    if (reason == SSL_ERROR_WANT_WRITE) {
        const auto [error] = co_await socket_.async_wait(Socket::wait_write, kTuple);
        co_return !error;
    }
    fatal_ = reason != SSL_ERROR_ZERO_RETURN;
    co_return false;
}

Task<bool> Channel::handshake() {
    for (;;) {
        ERR_clear_error();
        const int outcome = SSL_accept(session_.get());
        open_ = outcome == 1;
        if (open_) co_return true;
        if (!co_await wait(outcome)) co_return false;
    }
}

Task<Channel::Read> Channel::read_decrypted(std::span<char> space) {
    for (;;) {
        ERR_clear_error();
        const int size = SSL_read(session_.get(), space.data(), sized(space.size()));
        if (size > 0) {
            co_return Read{boost::system::error_code{}, static_cast<std::size_t>(size)};
        }
        if (!co_await wait(size)) co_return Read{asio::error::eof, std::size_t{0}};
    }
}

std::size_t Channel::write_some(const Buffers& buffers, boost::system::error_code& error) {
    if (!secure()) return socket_.write_some(buffers, error);
    const auto& [head, body] = buffers;
    if (head.size() == 0) return encrypt_some(body, error);
    if (body.size() == 0 || head.size() >= kRecordBytes) return encrypt_some(head, error);
    // One record and one packet for a small answer, not two.
    std::array<char, kRecordBytes> record;
    const auto body_part = std::min(body.size(), record.size() - head.size());
    std::memcpy(record.data(), head.data(), head.size());
    std::memcpy(record.data() + head.size(), body.data(), body_part);
    return encrypt_some(asio::buffer(record.data(), head.size() + body_part), error);
}

std::size_t Channel::encrypt_some(asio::const_buffer buffer, boost::system::error_code& error) {
    ERR_clear_error();
    const int size = SSL_write(session_.get(), buffer.data(), sized(buffer.size()));
    if (size > 0) {
        error.clear();
        return static_cast<std::size_t>(size);
    }
    // It never has to read first: there is no renegotiation.
    if (SSL_get_error(session_.get(), size) == SSL_ERROR_WANT_WRITE) {
        error = asio::error::would_block;
    } else {
        fatal_ = true;
        error = asio::error::connection_reset;
    }
    return 0;
}

Channel::Sign Channel::peek() {
    char probe = 0;
    if (!secure()) {
        boost::system::error_code error;
        const auto size = socket_.receive(asio::buffer(&probe, 1), Socket::message_peek, error);
        if (error == asio::error::would_block) return Sign::Nothing;
        return error || size == 0 ? Sign::Gone : Sign::Bytes;
    }
    ERR_clear_error();
    const int size = SSL_peek(session_.get(), &probe, 1);
    if (size > 0) return Sign::Bytes;
    const int reason = SSL_get_error(session_.get(), size);
    return reason == SSL_ERROR_WANT_READ ? Sign::Nothing : Sign::Gone;
}

void Channel::finish() {
    if (!open_ || fatal_) return;
    ERR_clear_error();
    SSL_shutdown(session_.get());
}

}  // namespace imagify::http
