#pragma once

#include <memory>

#include "ports/http_client.hpp"

namespace imagify {

struct HttpClientSettings {
    /// PEM file with the certificates to trust. Empty: the first that exists of $SSL_CERT_FILE and
    /// the usual places of Linux distributions. Read when the first https URL is asked for.
    std::string ca_file{};
    /// A body that brings less than 1 KiB for each second of such a window is too slow.
    std::chrono::milliseconds slow_window = std::chrono::seconds(10);
    /// How long an unused connection is kept for the next request.
    std::chrono::milliseconds keep_idle = std::chrono::seconds(15);
};

/// HTTP/1.1 on Boost.Asio and Beast. Connections are kept and used again by requests on the same
/// execution context; they end with that context. A GET, HEAD, PUT or DELETE on a kept connection
/// that turns out to be dead is sent once more on a new one; no other request is ever repeated.
/// Also Internal `upstream.bad_request`: the request itself is wrong (URL, user info, header).
/// An error of the sink is returned as it is. Details name the host, never a path, header or body.
class BeastHttpClient final : public HttpClient {
public:
    explicit BeastHttpClient(HttpClientSettings settings = {});
    ~BeastHttpClient() override;

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

private:
    struct State;
    Task<Result<OutboundAnswer>> exchange(OutboundRequest request, ByteSink* sink);

    std::unique_ptr<State> state_;
};

}  // namespace imagify
