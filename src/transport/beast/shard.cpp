#include "transport/beast/shard.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <span>

#include "base/log.hpp"
#include "transport/beast/connection.hpp"

namespace imagify::http {
namespace {

namespace asio = boost::asio;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kBase32 = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's alphabet.

std::chrono::milliseconds tick_for(const TimeLimits& times) {
    const auto shortest =
        std::min({times.handshake, times.head, times.request, times.idle, times.write});
    return std::clamp<std::chrono::milliseconds>(shortest / 8, std::chrono::milliseconds(5),
                                                 std::chrono::seconds(1));
}

void write_base32(std::uint64_t number, std::span<char> out) {
    for (char& c : out) {
        c = kBase32[number % 32];
        number /= 32;
    }
}

// SO_REUSEPORT, which Asio does not name: every shard listens on the same port.
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

}  // namespace

RequestIds::RequestIds(Random& random) {
    std::array<std::uint64_t, 2> seed{};
    random.fill(std::as_writable_bytes(std::span(seed)));
    write_base32(seed[0], prefix_);
    counter_ = seed[1];
}

RequestIds::Text RequestIds::next() {
    // An odd factor maps the 2^40 values of eight characters one to one.
    constexpr std::uint64_t kScramble = 0x9e3779b97f4a7c15;
    Text text;
    std::ranges::copy(prefix_, text.begin());
    write_base32(++counter_ * kScramble, std::span(text).subspan(prefix_.size()));
    return text;
}

Shard::Shard(ServerContext& context, Random& random)
    : context_(context), ids_(random), tick_(tick_for(context.config.times)) {}

boost::system::error_code Shard::open(const Tcp::endpoint& endpoint, bool share) {
    boost::system::error_code error;
    const auto step = [&error](auto&& action) {
        if (!error) action();
    };
    step([&] { acceptor_.open(endpoint.protocol(), error); });
    step([&] { acceptor_.set_option(Tcp::acceptor::reuse_address(true), error); });
    if (share) step([&] { acceptor_.set_option(ReusePort(true), error); });
    // Linux: accepted sockets inherit it, which saves a call for each.
    step([&] { acceptor_.set_option(Tcp::no_delay(true), error); });
    step([&] { acceptor_.bind(endpoint, error); });
    step([&] { acceptor_.listen(asio::socket_base::max_listen_connections, error); });
    return error;
}

void Shard::start() {
    context_.enter();
    asio::co_spawn(io_, accept(), asio::detached);
    asio::co_spawn(io_, tick(), asio::detached);
}

void Shard::drain() {
    if (std::exchange(draining_, true)) return;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (auto next = watched_.begin(); next != watched_.end();) (next++)->drain();
    context_.leave();
}

std::string_view Shard::date() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return date_.at(now.tv_sec);
}

Task<void> Shard::accept() {
    while (!draining_) {
        auto [error, socket] = co_await acceptor_.async_accept(kTuple);
        if (draining_) co_return;
        if (!error) {
            admit(std::move(socket));
            continue;
        }
        // Out of descriptors or memory, or the client is gone already: neither ends the server.
        log_event(LogLevel::Warning, "http.accept_failed", {{"reason", error.message()}});
        asio::steady_timer pause(io_, std::chrono::milliseconds(50));
        co_await pause.async_wait(kTuple);
    }
}

void Shard::admit(Tcp::socket socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (!error) socket.non_blocking(true, error);
    if (error) return;
    const auto address = unmapped(endpoint.address());
    const auto kind =
        context_.proxies.contains(address) ? AddressLimit::Kind::Proxy : AddressLimit::Kind::Client;
    auto seat = context_.seats.take(address, kind);
    if (!seat) {
        if (context_.tls) return;  // It would take a handshake to tell.
        constexpr std::string_view kFull =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n";
        socket.write_some(asio::buffer(kFull), error);
        return;
    }
    TlsSession session;
    if (context_.tls) {
        session = context_.tls->open(socket.native_handle());
        if (!session) return;
    }
    auto connection = std::make_unique<Connection>(
        *this, Channel(std::move(socket), std::move(session)), std::move(*seat), address);
    asio::co_spawn(io_, serve(std::move(connection)), asio::detached);
}

Task<void> Shard::tick() {
    asio::steady_timer timer(io_);
    for (;;) {
        timer.expires_after(tick_);
        co_await timer.async_wait(kTuple);
        now_ = std::chrono::steady_clock::now();
        for (auto next = watched_.begin(); next != watched_.end();) (next++)->check(now_);
    }
}

}  // namespace imagify::http
