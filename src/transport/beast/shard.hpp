#pragma once

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/task.hpp"
#include "transport/beast/address_limit.hpp"
#include "transport/beast/beast_server.hpp"
#include "transport/beast/networks.hpp"
#include "transport/beast/response_head.hpp"

namespace imagify::http {

using Tcp = boost::asio::ip::tcp;
using Deadline = std::chrono::steady_clock::time_point;

/// What all I/O threads share; outlives them.
struct ServerContext {
    ServerContext(ServerConfig chosen, Service& answering)
        : config(std::move(chosen)),
          service(answering),
          proxies(config.trusted_proxies),
          seats({.per_client = config.connections_per_client, .in_all = config.connections}) {
        if (config.tls) tls.emplace(*config.tls);
    }

    const ServerConfig config;
    Service& service;
    const Networks proxies;
    AddressLimit seats;
    std::optional<TlsServer> tls;
    /// Open connections plus listening shards: the drain is over at 0.
    std::atomic<std::size_t> alive{0};
    /// Called by whoever brings `alive` to 0.
    std::function<void()> on_last_gone;

    void enter() { alive.fetch_add(1); }
    void leave() {
        if (alive.fetch_sub(1) == 1 && on_last_gone) on_last_gone();
    }
};

/// 20 characters: 12 random ones per I/O thread and a counter, scrambled so that it does not tell
/// how many requests there were.
class RequestIds {
public:
    using Text = std::array<char, 20>;

    explicit RequestIds(Random& random);
    Text next();

private:
    std::array<char, 12> prefix_;
    std::uint64_t counter_;
};

/// Something with a deadline that one coarse timer watches.
class Watched : public boost::intrusive::list_base_hook<
                    boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    /// Cuts it short when its deadline has passed.
    virtual void check(Deadline now) = 0;
    /// The server drains: end what waits, finish what runs.
    virtual void drain() = 0;

protected:
    ~Watched() = default;
};

/// One I/O thread: its event loop, its listening socket and its connections. Everything but the
/// constructor runs on that thread.
class Shard {
public:
    Shard(ServerContext& context, Random& random);

    /// Binds and listens; `share` lets the other shards bind the same port.
    boost::system::error_code open(const Tcp::endpoint& endpoint, bool share);
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    /// Starts accepting and watching; the loop is run by the owner.
    void start();
    void drain();

    boost::asio::io_context& io() { return io_; }
    ServerContext& context() { return context_; }
    bool draining() const { return draining_; }
    void watch(Watched& watched) { watched_.push_back(watched); }
    /// The moment `limit` from now, never too early: the shard's time stands still between ticks.
    Deadline after(std::chrono::milliseconds limit) const { return now_ + tick_ + limit; }
    RequestIds::Text next_request_id() { return ids_.next(); }
    std::string_view date();

private:
    Task<void> accept();
    Task<void> tick();
    void admit(Tcp::socket socket);

    ServerContext& context_;
    // Destroyed last: its destructor ends the coroutines, whose connections leave the list.
    boost::intrusive::list<Watched, boost::intrusive::constant_time_size<false>> watched_;
    RequestIds ids_;
    DateHeader date_;
    const std::chrono::milliseconds tick_;
    Deadline now_ = std::chrono::steady_clock::now();
    bool draining_ = false;
    boost::asio::io_context io_{1};
    Tcp::acceptor acceptor_{io_};
};

}  // namespace imagify::http
