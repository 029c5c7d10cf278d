#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http_client/alarm.hpp"
#include "adapters/http_client/answer_reader.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/http_client/connection.hpp"
#include "adapters/http_client/idle_connections.hpp"
#include "adapters/http_client/outbound_url.hpp"
#include "adapters/http_client/tls_trust.hpp"

namespace imagify {

/// All that one exchange needs. What it refers to outlives it.
struct ExchangePlan {
    OutboundRequest request;
    OutboundUrl url;
    std::string head;
    ByteSink* sink = nullptr;
    const HttpClientSettings* settings = nullptr;
    TlsTrust* trust = nullptr;
    /// Names connections that may be shared.
    std::string connection_key;
};

/// One request and its answer. Runs on an executor that runs one thing at a time.
class Exchange {
public:
    Exchange(boost::asio::any_io_executor executor, ExchangePlan plan);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    Task<Result<OutboundAnswer>> run();

private:
    Task<Result<void>> open();
    Task<Result<OutboundAnswer>> converse();
    Task<Result<void>> read_body(AnswerReader& reader, OutboundAnswer& answer);
    Task<Result<void>> deliver(std::span<const std::byte> piece);

    void abort();
    void watch_pace(std::chrono::steady_clock::duration left);
    void end_of_window();
    std::unexpected<Error> failure(std::string_view step,
                                   const boost::system::error_code& error) const;

    boost::asio::any_io_executor executor_;
    ExchangePlan plan_;
    IdleConnections& idle_;
    std::unique_ptr<Connection> connection_;
    /// Ends a wait that is not on the connection.
    std::function<void()> stop_waiting_;
    /// The server may have got some of the request.
    bool sent_ = false;
    bool answered_ = false;
    bool expired_ = false;
    bool too_slow_ = false;
    std::size_t window_bytes_ = 0;
    std::chrono::steady_clock::time_point window_end_;
    std::optional<Alarm> pace_;
};

}  // namespace imagify
