#pragma once

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http_client/beast_http_client.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {

using namespace std::chrono_literals;

/// Keeps what it gets; may be slow, or full after `limit` bytes.
class MemorySink final : public ByteSink {
public:
    Task<Result<void>> write(std::span<const std::byte> bytes) override {
        if (pause > 0ms) {
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, pause);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        largest = std::max(largest, bytes.size());
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (text.size() > limit) co_return fail(ErrorKind::Unavailable, "sink.full", "no room");
        co_return Result<void>{};
    }

    std::string text;
    std::size_t largest = 0;
    std::size_t limit = SIZE_MAX;
    std::chrono::milliseconds pause{0};
};

class HttpClientTest : public ::testing::Test {
protected:
    static OutboundRequest get(std::string url) {
        return {.url = std::move(url), .deadline = std::chrono::steady_clock::now() + 5s};
    }

    static OutboundRequest post(std::string url, std::string body) {
        auto request = get(std::move(url));
        request.method = "POST";
        request.body = std::move(body);
        return request;
    }

    Result<OutboundAnswer> send(OutboundRequest request) {
        return run_on(context, client.send(std::move(request)));
    }

    Result<OutboundAnswer> send(OutboundRequest request, ByteSink& sink) {
        return run_on(context, client.send(std::move(request), sink));
    }

    /// What becomes of a GET that the server answers so.
    Result<OutboundAnswer> answer_to(UpstreamServer::Script script) {
        const UpstreamServer server(std::move(script));
        return send(get(server.url("/x")));
    }

    static std::string header(const OutboundAnswer& answer, std::string_view name) {
        for (const auto& [key, value] : answer.headers) {
            if (key == name) return value;
        }
        return "(none)";
    }

    boost::asio::io_context context;
    BeastHttpClient client;
};

inline void expect_error(const Result<OutboundAnswer>& outcome, ErrorKind kind,
                         std::string_view code) {
    ASSERT_FALSE(outcome) << "status " << outcome->status;
    EXPECT_EQ(outcome.error().kind, kind) << outcome.error().detail;
    EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
}

inline void expect_unreachable(const Result<OutboundAnswer>& outcome) {
    expect_error(outcome, ErrorKind::Unavailable, "upstream.unreachable");
}
inline void expect_no_answer(const Result<OutboundAnswer>& outcome) {
    expect_error(outcome, ErrorKind::Unavailable, "upstream.no_answer");
}
inline void expect_bad_answer(const Result<OutboundAnswer>& outcome) {
    expect_error(outcome, ErrorKind::BadUpstream, "upstream.bad_answer");
}
inline void expect_timeout(const Result<OutboundAnswer>& outcome) {
    expect_error(outcome, ErrorKind::Timeout, "upstream.timeout");
}
inline void expect_too_large(const Result<OutboundAnswer>& outcome) {
    expect_error(outcome, ErrorKind::TooLarge, "upstream.too_large");
}

}  // namespace imagify::testing
