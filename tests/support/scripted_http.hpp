#pragma once

#include <functional>
#include <vector>

#include "ports/http_client.hpp"

namespace imagify::testing {

/// Answers each request as a test says; keeps what it was asked. For one thread.
class ScriptedHttp final : public HttpClient {
public:
    using Script = std::function<Result<OutboundAnswer>(const OutboundRequest&)>;

    explicit ScriptedHttp(Script script = {}) : script(std::move(script)) {}

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override {
        requests.push_back(request);
        co_return script(requests.back());
    }
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink&) override {
        co_return co_await send(std::move(request));
    }

    Script script;
    std::vector<OutboundRequest> requests;
};

/// An answer without headers.
inline OutboundAnswer answer_of(unsigned status, std::string body) {
    return {.status = status, .headers = {}, .body = std::move(body)};
}

}  // namespace imagify::testing
