// What a well-behaved client sees: requests, responses, and the connection between them.
#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

using ExchangeTest = ServerTest;

TEST_F(ExchangeTest, OneConnectionServesManyRequests) {
    start();
    HttpProbe probe(port);

    for (int i = 0; i < 20; ++i) {
        const auto reply = probe.ask(get("/a?n=" + std::to_string(i)));
        ASSERT_TRUE(reply && reply->complete);
        EXPECT_EQ(reply->status, 200U);
        EXPECT_EQ(reply->body, "/a?n=" + std::to_string(i) + "|");
        EXPECT_EQ(reply->header("Connection"), "");
        EXPECT_EQ(reply->header("Server"), "");
        EXPECT_EQ(reply->header("Date").size(), 29U);
    }
}

TEST_F(ExchangeTest, HundredPipelinedRequestsAreAnsweredInOrder) {
    start();
    HttpProbe probe(port);
    std::string requests;
    for (int i = 0; i < 100; ++i) requests += post("/p", std::to_string(i));

    ASSERT_TRUE(probe.send(requests));

    for (int i = 0; i < 100; ++i) {
        const auto reply = probe.read_reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, "/p?|" + std::to_string(i));
    }
}

TEST_F(ExchangeTest, RequestMaySplitAtEveryByte) {
    start();
    const auto chunked =
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    for (const std::string& request : {get("/x?y=1"), post("/p", "hello"), std::string(chunked)}) {
        HttpProbe whole(port);
        const auto expected = whole.ask(request);
        ASSERT_TRUE(expected);
        HttpProbe probe(port);
        for (std::size_t cut = 1; cut < request.size(); ++cut) {
            ASSERT_TRUE(probe.send(request.substr(0, cut)));
            std::this_thread::yield();
            const auto reply = probe.ask(request.substr(cut));
            ASSERT_TRUE(reply) << cut;
            EXPECT_EQ(reply->body, expected->body) << cut;
        }
    }
}

TEST_F(ExchangeTest, ByteByByteRequestIsUnderstood) {
    start();
    HttpProbe probe(port);

    for (const char byte : post("/p", "slow")) ASSERT_TRUE(probe.send({&byte, 1}));

    const auto reply = probe.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "/p?|slow");
}

TEST_F(ExchangeTest, ChunkedRequestBodyArrivesWhole) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "5;name=\"value\"\r\nhello\r\n00001\r\n \r\nB\r\nchunked one\r\n0\r\nX-Trailer: "
        "dropped\r\n\r\n" +
        get("/next"));
    const auto next = probe.read_reply();

    ASSERT_TRUE(reply && next);
    EXPECT_EQ(reply->body, "/c?|hello chunked one");
    EXPECT_EQ(next->body, "/next?|");
}

TEST_F(ExchangeTest, HeadSendsTheHeadOfGetWithoutItsBody) {
    start();
    HttpProbe probe(port);

    const auto head = probe.ask("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n", HttpProbe::Expect::HeadOnly);
    const auto next = probe.ask(get("/next"));

    ASSERT_TRUE(head && next);
    EXPECT_EQ(head->header("Content-Length"), "4");
    EXPECT_EQ(next->body, "/next?|");
}

TEST_F(ExchangeTest, ClientThatExpectsContinueIsToldToGoOn) {
    start();
    HttpProbe probe(port);

    const auto interim = probe.ask(
        "POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n");
    const auto reply = probe.ask("body");

    ASSERT_TRUE(interim && reply);
    EXPECT_EQ(interim->status, 100U);
    EXPECT_EQ(reply->body, "/e?|body");
}

TEST_F(ExchangeTest, BodyThatIsThereAlreadyNeedsNoContinue) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(post("/e", "body", "Expect: 100-continue\r\n"));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200U);
}

TEST_F(ExchangeTest, TooLargeBodyIsRefusedInsteadOfContinued) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(
        "POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 413U);
}

TEST_F(ExchangeTest, UnknownExpectationFails) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(get("/", "Expect: tea\r\n"));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 417U);
}

TEST_F(ExchangeTest, ConnectionCloseIsHonoured) {
    start();
    for (const auto* request :
         {"GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
          "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"}) {
        HttpProbe probe(port);
        const auto reply = probe.ask(request);
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 200U);
        EXPECT_EQ(reply->header("Connection"), "close");
        EXPECT_TRUE(probe.ends());
    }
}

TEST_F(ExchangeTest, AbsoluteTargetOfOurHostIsTaken) {
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask("GET http://A.test:80/x?y HTTP/1.1\r\nHost: a.test:80\r\n\r\n");
    const auto bare = probe.ask("GET http://a.test HTTP/1.1\r\nHost: a.test\r\n\r\n");

    ASSERT_TRUE(reply && bare);
    EXPECT_EQ(reply->body, "/x?y|");
    EXPECT_EQ(bare->body, "/?|");
}

TEST_F(ExchangeTest, HalfClosedClientStillGetsItsAnswer) {
    start();
    HttpProbe probe(port);
    ASSERT_TRUE(probe.send(get("/half")));

    probe.finish_sending();

    const auto reply = probe.read_reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "/half?|");
    EXPECT_TRUE(probe.ends());
}

TEST_F(ExchangeTest, MethodIsReadByCase) {
    service.answer = [](http::Request request) -> Task<http::Response> {
        http::Response response;
        response.body = std::to_string(static_cast<int>(request.method));
        co_return response;
    };
    start();
    HttpProbe probe(port);
    const auto method = [&](const std::string& name) {
        const auto reply = probe.ask(name + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        return reply ? static_cast<http::Method>(std::stoi(reply->body)) : http::Method::Other;
    };

    EXPECT_EQ(method("GET"), http::Method::Get);
    EXPECT_EQ(method("POST"), http::Method::Post);
    EXPECT_EQ(method("PUT"), http::Method::Put);
    EXPECT_EQ(method("PATCH"), http::Method::Patch);
    EXPECT_EQ(method("DELETE"), http::Method::Delete);
    EXPECT_EQ(method("OPTIONS"), http::Method::Options);
    EXPECT_EQ(method("BREW"), http::Method::Other);
    EXPECT_EQ(method("get"), http::Method::Other);
}

TEST_F(ExchangeTest, ServiceThatThrowsGivesAnInternalProblem) {
    service.answer = [](http::Request) -> Task<http::Response> {
        throw std::runtime_error("secret of the service");
        co_return http::Response{};
    };
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(get("/"));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500U);
    EXPECT_EQ(reply->header("Content-Type"), "application/problem+json");
    EXPECT_NE(reply->body.find(R"("code":"server.internal")"), std::string::npos);
    EXPECT_NE(reply->body.find(R"("requestId":")"), std::string::npos);
    EXPECT_EQ(reply->body.find("secret"), std::string::npos);
    EXPECT_TRUE(probe.ask(get("/")));
}

TEST_F(ExchangeTest, HeaderThatWouldSplitTheResponseIsLeftOut) {
    service.answer = [](http::Request) -> Task<http::Response> {
        http::Response response;
        response.headers.add("X-Good", "1");
        response.headers.add("X-Bad", "1\r\nSet-Cookie: stolen=1");
        response.headers.add("Bad Name", "1");
        response.headers.add("Content-Length", "999");
        response.headers.add("Transfer-Encoding", "chunked");
        response.body = std::string("ok");
        co_return response;
    };
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(get("/"));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->header("X-Good"), "1");
    EXPECT_EQ(reply->header("X-Bad"), "");
    EXPECT_EQ(reply->header("Set-Cookie"), "");
    EXPECT_EQ(reply->header("Bad Name"), "");
    EXPECT_EQ(reply->header("Content-Length"), "2");
    EXPECT_EQ(reply->body, "ok");
}

TEST_F(ExchangeTest, NoContentHasNoLength) {
    service.answer = [](http::Request) -> Task<http::Response> {
        co_return http::Response{
            .status = 204, .headers = {}, .body = std::string("x"), .route = {}};
    };
    start();
    HttpProbe probe(port);
    ASSERT_TRUE(probe.send(get("/") + get("/")));

    for (int i = 0; i < 2; ++i) {
        const auto reply = probe.read_reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 204U);
        EXPECT_EQ(reply->header("Content-Length"), "");
    }
}

TEST_F(ExchangeTest, SeveralThreadsShareOnePort) {
    config.threads = 3;
    start();
    for (int i = 0; i < 24; ++i) {
        HttpProbe probe(port);
        const auto reply = probe.ask(get("/t"));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, "/t?|");
    }
}

TEST_F(ExchangeTest, PortInUseIsAnError) {
    for (const std::size_t threads : {1U, 2U}) {
        config.threads = threads;
        start();
        auto second = config;
        second.listen = "127.0.0.1:" + std::to_string(port);
        http::BeastServer other(second, service, random);
        const auto listening = other.listen();
        ASSERT_FALSE(listening);
        EXPECT_EQ(listening.error().code, "server.listen_failed");
        TearDown();
    }
}

TEST_F(ExchangeTest, ListenAddressIsChecked) {
    for (const auto* text :
         {"", "8080", "host:80", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1"}) {
        config.listen = text;
        EXPECT_THROW(http::BeastServer(config, service, random), std::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace imagify::testing
