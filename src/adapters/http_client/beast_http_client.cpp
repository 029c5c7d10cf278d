#include "adapters/http_client/beast_http_client.hpp"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http_client/exchange.hpp"
#include "adapters/http_client/outbound_head.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;

// Connections outlive the client that made them, but are never used by one with other trust.
std::string next_client_name() {
    static std::atomic<unsigned> count{0};
    return std::to_string(count.fetch_add(1));
}

Task<Result<OutboundAnswer>> run_exchange(ExchangePlan plan) {
    Exchange exchange(co_await asio::this_coro::executor, std::move(plan));
    co_return co_await exchange.run();
}

}  // namespace

struct BeastHttpClient::State {
    HttpClientSettings settings;
    TlsTrust trust{settings.ca_file};
    std::string name = next_client_name();
};

BeastHttpClient::BeastHttpClient(HttpClientSettings settings)
    : state_(std::make_unique<State>(std::move(settings))) {}

BeastHttpClient::~BeastHttpClient() = default;

Task<Result<OutboundAnswer>> BeastHttpClient::send(OutboundRequest request) {
    return exchange(std::move(request), nullptr);
}

Task<Result<OutboundAnswer>> BeastHttpClient::send(OutboundRequest request, ByteSink& sink) {
    return exchange(std::move(request), &sink);
}

Task<Result<OutboundAnswer>> BeastHttpClient::exchange(OutboundRequest request, ByteSink* sink) {
    auto url = parse_outbound_url(request.url);
    if (!url) co_return std::unexpected(url.error());
    auto head = make_head(request, *url);
    if (!head) co_return std::unexpected(head.error());
    auto key = state_->name + (url->tls ? " https " : " http ") + url->authority;
    ExchangePlan plan{.request = std::move(request),
                      .url = std::move(*url),
                      .head = std::move(*head),
                      .sink = sink,
                      .settings = &state_->settings,
                      .trust = &state_->trust,
                      .connection_key = std::move(key)};
    // A strand, so that an alarm never runs beside what it interrupts, whatever the caller runs on.
    const auto strand = asio::make_strand(co_await asio::this_coro::executor);
    co_return co_await asio::co_spawn(strand, run_exchange(std::move(plan)), asio::use_awaitable);
}

}  // namespace imagify
