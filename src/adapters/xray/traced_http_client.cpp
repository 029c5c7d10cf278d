#include "adapters/xray/traced_http_client.hpp"

namespace imagify::xray {
namespace {

std::string site_of(std::string_view url) {
    const auto scheme = url.find("://");
    const auto host = scheme == std::string_view::npos ? 0 : scheme + 3;
    return std::string(url.substr(0, url.find_first_of("/?#", host)));
}

// AWS's JSON services name it: "DynamoDB_20120810.GetItem".
std::string operation_of(const OutboundRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (name == "X-Amz-Target" || name == "x-amz-target") {
            return value.substr(value.rfind('.') + 1);
        }
    }
    return {};
}

}  // namespace

Task<Result<OutboundAnswer>> TracedHttpClient::send(OutboundRequest request) {
    return traced(std::move(request), nullptr);
}

Task<Result<OutboundAnswer>> TracedHttpClient::send(OutboundRequest request, ByteSink& sink) {
    return traced(std::move(request), &sink);
}

Task<Result<OutboundAnswer>> TracedHttpClient::traced(OutboundRequest request, ByteSink* sink) {
    const bool on = tracer_.is_on();
    Call call;
    if (on) {
        call.site = site_of(request.url);
        call.method = request.method;
        call.operation = operation_of(request);
        call.started = tracer_.now();
    }
    auto answer = sink == nullptr ? co_await client_.send(std::move(request))
                                  : co_await client_.send(std::move(request), *sink);
    if (on) {
        call.status = answer ? answer->status : 0;
        call.ended = tracer_.now();
        tracer_.report(call);
    }
    co_return answer;
}

}  // namespace imagify::xray
