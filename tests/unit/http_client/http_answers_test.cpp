#include "unit/http_client/http_client_fixture.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Sends raw bytes as the answer to one request, then closes.
UpstreamServer::Script raw(std::string bytes) {
    return [bytes = std::move(bytes)](UpstreamConnection& connection) {
        if (connection.read_request()) connection.send(bytes);
    };
}

TEST_F(HttpClientTest, BringsStatusHeadersAndBody) {
    const auto answer = answer_to(always(
        make_answer(418, {{"X-Mixed-Case", "Value"}, {"Content-Type", "text/plain"}}, "tea")));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->status, 418U);
    EXPECT_EQ(header(*answer, "x-mixed-case"), "Value");
    EXPECT_EQ(header(*answer, "content-type"), "text/plain");
    EXPECT_EQ(answer->body, "tea");
}

TEST_F(HttpClientTest, StreamsAPictureInPieces) {
    std::string picture(1'500'001, '\0');
    for (std::size_t i = 0; i < picture.size(); ++i)
        picture[i] = static_cast<char>(i * 31 + i / 999);
    const UpstreamServer server(always(make_answer(200, {}, picture)));
    MemorySink sink;
    auto request = get(server.url("/picture"));
    request.body_limit_bytes = 16 << 20U;

    const auto answer = send(std::move(request), sink);

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_TRUE(answer->body.empty());
    EXPECT_TRUE(sink.text == picture);
    EXPECT_EQ(sink.largest, 64U * 1024U);
}

TEST_F(HttpClientTest, BodiesOfErrorsStayInTheAnswer) {
    const UpstreamServer server(always(make_answer(402, {}, "{\"error\":\"no credits\"}")));
    MemorySink sink;

    const auto answer = send(get(server.url()), sink);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "{\"error\":\"no credits\"}");
    EXPECT_TRUE(sink.text.empty());
}

TEST_F(HttpClientTest, ALongBodyOfAnErrorIsCut) {
    const UpstreamServer server(always(make_answer(500, {}, std::string(200'000, 'e'))));
    MemorySink sink;

    const auto answer = send(get(server.url()), sink);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500U);
    EXPECT_EQ(answer->body.size(), 64U * 1024U);
}

TEST_F(HttpClientTest, UnderstandsChunks) {
    const auto answer = answer_to(raw(
        std::string(kChunked) + "5;ext=1\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX-T: 1\r\n\r\n"));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->body, "hello world");
}

TEST_F(HttpClientTest, UnderstandsABodyThatEndsWithTheConnection) {
    const auto answer = answer_to(raw("HTTP/1.1 200 OK\r\n\r\nuntil the end"));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->body, "until the end");
}

TEST_F(HttpClientTest, NoBodyIsExpectedWhereThereIsNone) {
    EXPECT_EQ(answer_to(raw("HTTP/1.1 204 No Content\r\n\r\n"))->status, 204U);
    EXPECT_EQ(answer_to(raw("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"))->status,
              304U);

    const UpstreamServer server(raw("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"));
    auto request = get(server.url());
    request.method = "HEAD";
    const auto answer = send(std::move(request));
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(header(*answer, "content-length"), "9000000");
}

TEST_F(HttpClientTest, PassesOverInterimAnswers) {
    const auto answer =
        answer_to(raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                      "Link: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->body, "ok");
    EXPECT_EQ(header(*answer, "link"), "(none)");
}

TEST_F(HttpClientTest, RefusesEndlessInterimAnswersAndOtherProtocols) {
    expect_bad_answer(answer_to([](UpstreamConnection& connection) {
        while (connection.send("HTTP/1.1 100 Continue\r\n\r\n")) continue;
    }));
    expect_bad_answer(answer_to(raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")));
}

TEST_F(HttpClientTest, ARedirectIsAnAnswerLikeAnyOther) {
    const UpstreamServer canary(always(make_answer(200, {}, "you should not be here")));
    for (const int status : {301, 302, 303, 307, 308}) {
        const auto answer =
            answer_to(always(make_answer(status, {{"Location", canary.url("/metadata")}}, "")));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, static_cast<unsigned>(status));
        EXPECT_EQ(header(*answer, "location"), canary.url("/metadata"));
    }
    EXPECT_EQ(canary.connections(), 0);
}

TEST_F(HttpClientTest, ABodyUpToTheLimitIsTaken) {
    const UpstreamServer server(always(make_answer(200, {}, "0123456789")));
    const UpstreamServer chunked(raw(std::string(kChunked) + "a\r\n0123456789\r\n0\r\n\r\n"));
    for (const auto* one : {&server, &chunked}) {
        auto request = get(one->url());
        request.body_limit_bytes = 10;
        EXPECT_TRUE(send(request));
        request.body_limit_bytes = 9;
        expect_too_large(send(request));
        MemorySink sink;
        expect_too_large(send(request, sink));
        EXPECT_TRUE(sink.text.empty());
    }
}

TEST_F(HttpClientTest, AnAnnouncedBodyOverTheLimitIsNotWaitedFor) {
    const UpstreamServer server([](UpstreamConnection& connection) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
        connection.hang();
    });

    expect_too_large(send(get(server.url())));
}

TEST_F(HttpClientTest, AnEndlessBodyIsTooLarge) {
    const UpstreamServer server([](UpstreamConnection& connection) {
        connection.read_request();
        connection.send(kChunked);
        while (connection.send("4000\r\n" + std::string(0x4000, 'x') + "\r\n")) continue;
    });
    MemorySink sink;

    expect_too_large(send(get(server.url()), sink));
    EXPECT_LE(sink.text.size(), 1024U * 1024U);
}

TEST_F(HttpClientTest, AnErrorOfTheSinkIsReturnedAsItIs) {
    const UpstreamServer server(always(make_answer(200, {}, std::string(300'000, 'x'))));
    MemorySink sink;
    sink.limit = 100'000;

    expect_error(send(get(server.url()), sink), ErrorKind::Unavailable, "sink.full");
    EXPECT_EQ(sink.text.size(), 128U * 1024U);
}

}  // namespace
}  // namespace imagify::testing
