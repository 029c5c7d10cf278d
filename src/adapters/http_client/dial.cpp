#include "adapters/http_client/dial.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <optional>

#include "adapters/http_client/alarm.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::steady_clock;

// One dead address of several must not take the whole deadline.
constexpr std::chrono::seconds kConnectShare{3};

// IPv4 first: where IPv6 is broken it is mostly broken by silence.
std::vector<tcp::endpoint> in_order(const tcp::resolver::results_type& results) {
    std::vector<tcp::endpoint> endpoints;
    for (const bool v4 : {true, false}) {
        for (const auto& entry : results) {
            if (entry.endpoint().address().is_v4() == v4) endpoints.push_back(entry.endpoint());
        }
    }
    return endpoints;
}

}  // namespace

/// A name on its way to becoming addresses.
struct Dial::Lookup {
    explicit Lookup(const asio::any_io_executor& executor)
        : resolver(executor), done(executor, steady_clock::time_point::max()) {}
    tcp::resolver resolver;
    asio::steady_timer done;
    boost::system::error_code error = asio::error::timed_out;
    Endpoints endpoints;
};

Dial::Dial(asio::any_io_executor executor, Connection& connection)
    : executor_(std::move(executor)), connection_(connection) {}

Task<Connection::ErrorCode> Dial::resolve(std::string host, std::uint16_t port,
                                          Endpoints& endpoints) {
    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) {
        endpoints.emplace_back(address, port);
        co_return Connection::ErrorCode{};
    }
    lookup_ = std::make_shared<Lookup>(executor_);
    lookup_->resolver.async_resolve(
        host, std::to_string(port),
        tcp::resolver::address_configured | tcp::resolver::numeric_service,
        [lookup = lookup_](boost::system::error_code error,
                           const tcp::resolver::results_type& results) {
            lookup->error = error;
            lookup->endpoints = in_order(results);
            lookup->done.cancel();
        });
    co_await lookup_->done.async_wait(asio::as_tuple(asio::use_awaitable));
    endpoints = std::move(lookup_->endpoints);
    co_return lookup_->error;
}

Task<Connection::ErrorCode> Dial::run(std::string host, std::uint16_t port) {
    Endpoints endpoints;
    if (const auto error = co_await resolve(std::move(host), port, endpoints)) co_return error;
    step_ = "connect";
    Connection::ErrorCode error = asio::error::host_not_found;
    for (std::size_t i = 0; i < endpoints.size() && !stopped_; ++i) {
        std::optional<Alarm> share;
        if (i + 1 < endpoints.size()) {
            share.emplace(executor_, steady_clock::now() + kConnectShare,
                          [this] { connection_.close(); });
        }
        error = co_await connection_.connect(endpoints[i]);
        if (!error) co_return error;
    }
    co_return error;
}

void Dial::stop() {
    stopped_ = true;
    if (lookup_) lookup_->done.cancel();
    connection_.close();
}

}  // namespace imagify
