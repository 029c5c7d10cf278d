#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ports/http_client.hpp"

namespace imagify::testing {

/// Answers with what was scripted, in order, and keeps what was asked. Without a script nothing is
/// there to be reached.
class ScriptedHttpClient final : public HttpClient {
public:
    using Answer = std::function<Result<OutboundAnswer>(const OutboundRequest&)>;

    void answer(unsigned status, std::string body = {},
                std::vector<std::pair<std::string, std::string>> headers = {}) {
        script.push_back([=](const OutboundRequest&) -> Result<OutboundAnswer> {
            return OutboundAnswer{.status = status, .headers = headers, .body = body};
        });
    }
    void fail_with(ErrorKind kind, std::string code) {
        script.push_back([=](const OutboundRequest&) -> Result<OutboundAnswer> {
            return fail(kind, code, "scripted");
        });
    }

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override {
        co_return next(std::move(request));
    }

    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override {
        auto answer = next(std::move(request));
        if (!answer || answer->status / 100 != 2) co_return answer;
        auto taken = co_await sink.write(std::as_bytes(std::span(answer->body)));
        if (!taken) co_return std::unexpected(taken.error());
        answer->body.clear();
        co_return answer;
    }

    std::deque<Answer> script;
    std::vector<OutboundRequest> asked;

private:
    Result<OutboundAnswer> next(OutboundRequest request) {
        asked.push_back(std::move(request));
        if (script.empty())
            return fail(ErrorKind::Unavailable, "upstream.unreachable", "no script");
        const auto play = std::move(script.front());
        script.pop_front();
        return play(asked.back());
    }
};

/// The value of a header that was sent; empty when there was none.
inline std::string sent_header(const OutboundRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace imagify::testing
