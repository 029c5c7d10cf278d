// The yardstick: what Boost.Beast costs when there is nothing else. One thread, coroutines,
// keep-alive, the body of GET /user/credits as a fixed text. Usage: bare_server PORT
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cstdint>
#include <cstdio>
#include <string>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> serve(Tcp::socket socket) {
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::request<http::string_body> request;
        const auto [failed, read] = co_await http::async_read(socket, buffer, request, kTuple);
        if (failed) co_return;
        http::response<http::string_body> response(http::status::ok, 11);
        response.set(http::field::content_type, "application/json");
        response.keep_alive(request.keep_alive());
        response.body() =
            R"({"credits":5,"held":0,"user":{"id":"u","name":"Lan","email":"l@x.vn"}})";
        response.prepare_payload();
        const auto [broken, written] = co_await http::async_write(socket, response, kTuple);
        if (broken || !response.keep_alive()) co_return;
    }
}

asio::awaitable<void> accept(Tcp::acceptor& acceptor) {
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(kTuple);
        if (error) continue;
        socket.set_option(Tcp::no_delay(true));
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: bare_server PORT\n", stderr);
        return 2;
    }
    asio::io_context io{1};
    const auto port = static_cast<std::uint16_t>(std::stoul(argv[1]));
    Tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), port});
    asio::co_spawn(io, accept(acceptor), asio::detached);
    io.run();
}
