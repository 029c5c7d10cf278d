#include "adapters/http_client/connection.hpp"

#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>

namespace imagify {
namespace {

namespace asio = boost::asio;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Whom the certificate must name, and (for names) which one to show.
bool expect_host(SSL* session, const std::string& host) {
    auto* const rules = SSL_get0_param(session);
    boost::system::error_code not_an_address;
    asio::ip::make_address(host, not_an_address);
    if (!not_an_address) return X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set_tlsext_host_name(session, host.c_str()) == 1 &&
           X509_VERIFY_PARAM_set1_host(rules, host.data(), host.size()) == 1;
}

}  // namespace

Task<Connection::ErrorCode> Connection::connect(asio::ip::tcp::endpoint endpoint) {
    ErrorCode error;
    socket_.close(error);
    socket_.open(endpoint.protocol(), error);
    if (error) co_return error;
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
    const auto [outcome] = co_await socket_.async_connect(endpoint, as_result);
    co_return outcome;
}

Task<Connection::ErrorCode> Connection::handshake(asio::ssl::context& context, std::string host) {
    tls_ = std::make_unique<Tls>(socket_, context);
    if (!expect_host(tls_->native_handle(), host)) co_return asio::error::invalid_argument;
    const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::client, as_result);
    co_return error;
}

Task<std::pair<Connection::ErrorCode, std::size_t>> Connection::read_some(
    asio::mutable_buffer buffer) {
    if (tls_) {
        const auto [error, length] = co_await tls_->async_read_some(buffer, as_result);
        co_return std::pair(error, length);
    }
    const auto [error, length] = co_await socket_.async_read_some(buffer, as_result);
    co_return std::pair(error, length);
}

Task<Connection::ErrorCode> Connection::write(std::string_view head, std::string_view body) {
    const std::array<asio::const_buffer, 2> parts = {asio::buffer(head), asio::buffer(body)};
    if (tls_) {
        const auto [error, length] = co_await asio::async_write(*tls_, parts, as_result);
        co_return error;
    }
    const auto [error, length] = co_await asio::async_write(socket_, parts, as_result);
    co_return error;
}

bool Connection::is_quiet() {
    char byte = 0;
    const auto got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::close() {
    ErrorCode ignored;
    socket_.close(ignored);
}

}  // namespace imagify
