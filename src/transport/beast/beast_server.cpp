#include "transport/beast/beast_server.hpp"

#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "transport/beast/shard.hpp"

namespace imagify::http {
namespace {

namespace asio = boost::asio;

Tcp::endpoint parse_endpoint(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto port = colon == std::string::npos ? "" : text.substr(colon + 1);
    auto host = text.substr(0, colon == std::string::npos ? 0 : colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) host = "0.0.0.0";
    boost::system::error_code error;
    const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    const bool digits = !port.empty() && port.size() <= 5 &&
                        port.find_first_not_of("0123456789") == std::string::npos;
    if (error || !digits || std::stoul(port) > 65'535) {
        throw std::invalid_argument("not an address with a port to listen on: " + text);
    }
    return {address, static_cast<std::uint16_t>(std::stoul(port))};
}

}  // namespace

struct BeastServer::State {
    State(ServerConfig config, Service& service, Random& random)
        : context(std::move(config), service), endpoint(parse_endpoint(context.config.listen)) {
        const auto threads = std::max<std::size_t>(1, context.config.threads);
        for (std::size_t i = 0; i < threads; ++i) shards.emplace_back(context, random);
        context.on_last_gone = [this] {
            const std::lock_guard lock(mutex);
            all_gone = true;
            changed.notify_all();
        };
    }

    /// Two servers on one port would silently share its clients: SO_REUSEPORT allows it.
    boost::system::error_code check_port_is_free() {
        boost::system::error_code error;
        Tcp::acceptor probe(shards.front().io());
        probe.open(endpoint.protocol(), error);
        if (!error) probe.set_option(Tcp::acceptor::reuse_address(true), error);
        if (!error) probe.bind(endpoint, error);
        if (!error) probe.listen(1, error);
        return error;
    }

    void drain_all() {
        for (Shard& shard : shards) asio::post(shard.io(), [&shard] { shard.drain(); });
    }

    void wait_for_drain() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return deadline.has_value(); });
        drain_all();
        while (!all_gone && std::chrono::steady_clock::now() < *deadline) {
            changed.wait_until(lock, Deadline(*deadline));
        }
    }

    ServerContext context;
    Tcp::endpoint endpoint;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Deadline> deadline;
    bool all_gone = false;
    std::deque<Shard> shards;
};

BeastServer::BeastServer(ServerConfig config, Service& service, Random& random)
    : state_(std::make_unique<State>(std::move(config), service, random)) {}

BeastServer::~BeastServer() = default;

Result<std::uint16_t> BeastServer::listen() {
    auto& endpoint = state_->endpoint;
    if (auto loaded = reload_tls(); !loaded) return std::unexpected(loaded.error());
    const bool share = state_->shards.size() > 1;
    boost::system::error_code error;
    if (share && endpoint.port() != 0) error = state_->check_port_is_free();
    for (Shard& shard : state_->shards) {
        if (!error) error = shard.open(endpoint, share);
        if (!error) endpoint.port(shard.port());
    }
    if (error) {
        return fail(ErrorKind::Unavailable, "server.listen_failed",
                    state_->context.config.listen + ": " + error.message());
    }
    return endpoint.port();
}

Result<void> BeastServer::reload_tls() {
    return state_->context.tls ? state_->context.tls->load() : Result<void>{};
}

void BeastServer::run() {
    for (Shard& shard : state_->shards) shard.start();
    std::vector<std::thread> threads;
    for (Shard& shard : state_->shards) {
        threads.emplace_back([&shard] { shard.io().run(); });
    }
    state_->wait_for_drain();
    for (Shard& shard : state_->shards) shard.io().stop();
    for (std::thread& thread : threads) thread.join();
}

void BeastServer::stop(std::chrono::milliseconds bound) {
    const auto deadline = std::chrono::steady_clock::now() + bound;
    const std::lock_guard lock(state_->mutex);
    state_->deadline = std::min(deadline, state_->deadline.value_or(deadline));
    state_->changed.notify_all();
}

asio::any_io_executor BeastServer::executor() { return state_->shards.front().io().get_executor(); }

}  // namespace imagify::http
