#pragma once

#include "adapters/xray/trace.hpp"
#include "ports/http_client.hpp"

namespace imagify::xray {

/// Tells the tracer about each exchange of another client, and changes nothing about it.
class TracedHttpClient final : public HttpClient {
public:
    /// Both outlive it.
    TracedHttpClient(HttpClient& client, Tracer& tracer) : client_(client), tracer_(tracer) {}

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

private:
    Task<Result<OutboundAnswer>> traced(OutboundRequest request, ByteSink* sink);

    HttpClient& client_;
    Tracer& tracer_;
};

}  // namespace imagify::xray
