// Each limit holds at N and refuses at N + 1; each wait ends.
#include <cstdio>
#include <future>

#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;
using LimitsTest = ServerTest;

std::string with_padding(std::size_t head_bytes) {
    const auto bare = get("/", "X: \r\n").size();
    return get("/", "X: " + std::string(head_bytes - bare, 'x') + "\r\n");
}

std::string with_fields(std::size_t fields) {
    std::string more;
    for (std::size_t i = 1; i < fields; ++i) more += "X-" + std::to_string(i) + ": 1\r\n";
    return get("/", more);
}

void expect_refused(HttpProbe& probe, const std::string& request, unsigned status,
                    std::string_view code) {
    const auto reply = probe.ask(request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, status);
    EXPECT_NE(reply->body.find("\"code\":\"" + std::string(code) + "\""), std::string::npos)
        << reply->body;
    EXPECT_TRUE(probe.ends());
}

TEST_F(LimitsTest, HeadOf16KiBIsTakenAndOneByteMoreIsNot) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(with_padding(16 * 1024));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200U);

    expect_refused(probe, with_padding(16 * 1024 + 1), 431, "request.headers_too_large");
}

TEST_F(LimitsTest, HeadWithoutEndIsRefusedAtTheLimit) {
    start();
    HttpProbe probe(port);

    expect_refused(probe, with_padding(16 * 1024 + 2).substr(0, 16 * 1024), 431,
                   "request.headers_too_large");
}

TEST_F(LimitsTest, HundredFieldsAreTakenAndOneMoreIsNot) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(with_fields(100));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200U);

    expect_refused(probe, with_fields(101), 431, "request.headers_too_large");
}

TEST_F(LimitsTest, TargetOf8KiBIsTakenAndOneByteMoreIsNot) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(get("/" + std::string(8 * 1024 - 1, 'a')));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200U);

    expect_refused(probe, get("/" + std::string(8 * 1024, 'a')), 414, "request.uri_too_long");
}

TEST_F(LimitsTest, EndlessRequestLineIsRefused) {
    start();
    HttpProbe probe(port);

    expect_refused(probe, "GET /" + std::string(9000, 'a'), 414, "request.uri_too_long");
}

TEST_F(LimitsTest, BodyOf64KiBIsTakenAndOneByteMoreIsNot) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(post("/", std::string(64 * 1024, 'b')));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body.size(), 64 * 1024 + 3U);

    expect_refused(probe, post("/", std::string(64 * 1024 + 1, 'b')), 413, "request.too_large");
}

TEST_F(LimitsTest, ChunkedBodyHasTheSameLimit) {
    start();
    const auto chunked = [](std::size_t last) {
        std::string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 63; ++i) request += "400\r\n" + std::string(1024, 'c') + "\r\n";
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", last);
        return request + size + std::string(last, 'c') + "\r\n0\r\n\r\n";
    };
    HttpProbe probe(port);

    const auto reply = probe.ask(chunked(1024));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body.size(), 64 * 1024 + 3U);

    expect_refused(probe, chunked(1025), 413, "request.too_large");
}

TEST_F(LimitsTest, ChunksOfOneByteAreTakenButNotEndlessExtensions) {
    start();
    HttpProbe probe(port);
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::string small, padded;
    for (int i = 0; i < 20'000; ++i) small += "1\r\nx\r\n";
    for (int i = 0; i < 100; ++i) padded += "1;" + std::string(500, 'e') + "\r\nx\r\n";

    const auto reply = probe.ask(head + small + "0\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body.size(), 20'003U);

    expect_refused(probe, head + padded + "0\r\n\r\n", 400, "request.malformed");
}

TEST_F(LimitsTest, TooLargeBodyIsAnsweredWhileTheClientStillSends) {
    start();
    HttpProbe probe(port);
    ASSERT_TRUE(probe.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n"));

    // The server reads on: a reset could overtake its answer.
    EXPECT_TRUE(probe.send(std::string(900'000, 'b')));

    const auto reply = probe.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 413U);
    EXPECT_TRUE(probe.ends());
}

TEST_F(LimitsTest, SlowHeadIsCutEvenWhenItDrips) {
    config.times.head = 150ms;
    config.times.idle = config.times.request = 1h;
    start();
    HttpProbe probe(port);
    const auto request = get("/", "X: " + std::string(4000, 'x') + "\r\n");

    std::size_t sent = 0;
    while (!probe.readable_within(5ms) && sent < request.size()) {
        ASSERT_TRUE(probe.send(request.substr(sent++, 1)));
    }

    EXPECT_LT(sent, request.size());
    const auto reply = probe.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 408U);
    EXPECT_NE(reply->body.find(R"("code":"request.timeout")"), std::string::npos);
    EXPECT_TRUE(probe.ends());
}

TEST_F(LimitsTest, SlowBodyIsCut) {
    config.times.request = 150ms;
    start();
    HttpProbe probe(port);

    expect_refused(probe, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", 408,
                   "request.timeout");
}

TEST_F(LimitsTest, BodyThatNeverComesAfterContinueIsCut) {
    config.times.request = 150ms;
    start();
    HttpProbe probe(port);

    const auto interim = probe.ask(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    ASSERT_TRUE(interim);
    EXPECT_EQ(interim->status, 100U);

    const auto reply = probe.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 408U);
}

TEST_F(LimitsTest, IdleConnectionIsClosedWithoutAWord) {
    config.times.idle = 100ms;
    start();
    HttpProbe fresh(port);
    HttpProbe used(port);
    ASSERT_TRUE(used.ask(get("/")));

    EXPECT_TRUE(fresh.ends());
    EXPECT_TRUE(used.ends());
}

TEST_F(LimitsTest, ClientThatDoesNotReadIsCut) {
    config.times.write = 150ms;
    std::promise<http::AccessRecord> cut;
    config.on_access = [&](const http::AccessRecord& record) { cut.set_value(record); };
    static const std::vector<std::byte> large(64 * 1024 * 1024);
    service.answer = [](http::Request) -> Task<http::Response> {
        http::Response response;
        response.body = std::span<const std::byte>(large);
        co_return response;
    };
    start();
    HttpProbe probe(port);

    ASSERT_TRUE(probe.send(get("/")));

    auto record = cut.get_future();
    ASSERT_EQ(record.wait_for(10s), std::future_status::ready);
    EXPECT_LT(record.get().bytes, large.size());
}

TEST_F(LimitsTest, OneClientGetsOnlySoManyConnections) {
    config.connections_per_client = 2;
    start();
    HttpProbe first(port);
    ASSERT_TRUE(first.ask(get("/")));
    {
        HttpProbe second(port);
        ASSERT_TRUE(second.ask(get("/")));
        HttpProbe third(port);
        const auto reply = third.read_reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 503U);
        EXPECT_TRUE(third.ends());
    }

    const auto served = [&] {
        HttpProbe probe(port);
        const auto reply = probe.ask(get("/"));
        return reply && reply->status == 200;
    };
    bool again = false;  // The server hears of the closed connection a moment later.
    for (int i = 0; i < 1000 && !again; ++i) again = served();
    EXPECT_TRUE(again);
}

TEST_F(LimitsTest, AllClientsTogetherGetOnlySoManyConnections) {
    config.connections = 1;
    config.trusted_proxies = {"127.0.0.0/8"};
    start();
    HttpProbe first(port);
    ASSERT_TRUE(first.ask(get("/")));

    HttpProbe second(port);

    const auto reply = second.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503U);
}

TEST_F(LimitsTest, ProxyIsNotOneClient) {
    config.connections_per_client = 1;
    config.trusted_proxies = {"127.0.0.1"};
    start();
    HttpProbe first(port);
    ASSERT_TRUE(first.ask(get("/")));

    HttpProbe second(port);

    EXPECT_TRUE(second.ask(get("/")));
}

}  // namespace
}  // namespace imagify::testing
