#include "unit/http_client/http_client_fixture.hpp"

namespace imagify::testing {
namespace {

class HttpRequestTest : public HttpClientTest {
protected:
    /// What the server got, byte for byte.
    ReceivedRequest received(OutboundRequest request, std::string_view path = "/") {
        std::optional<ReceivedRequest> seen;
        const UpstreamServer server([&](UpstreamConnection& connection) {
            seen = connection.read_request();
            connection.send(make_answer(200, {}, ""));
        });
        request.url = server.url(path);
        authority = "127.0.0.1:" + std::to_string(server.port());
        const auto answer = send(std::move(request));
        EXPECT_TRUE(answer) << answer.error().detail;
        return seen.value_or(ReceivedRequest{});
    }

    std::string authority;
};

TEST_F(HttpRequestTest, SendsWhatWasAskedAndNothingElse) {
    auto request = post("", std::string("a\0b\r\n\r\nGET /x", 13));
    request.headers = {{"X-Api-Key", "secret"}, {"Accept", "image/png"}};

    const auto seen = received(std::move(request), "/text-to-image/v1?a=b%20c");

    EXPECT_EQ(seen.head, "POST /text-to-image/v1?a=b%20c HTTP/1.1\r\nHost: " + authority +
                             "\r\nX-Api-Key: secret\r\nAccept: image/png\r\nUser-Agent: imagify\r\n"
                             "Content-Length: 13");
    EXPECT_EQ(seen.body, std::string("a\0b\r\n\r\nGET /x", 13));
}

TEST_F(HttpRequestTest, AGetHasNoLengthAndAnEmptyPostHas) {
    EXPECT_FALSE(received(get("")).head.contains("Content-Length"));
    EXPECT_TRUE(received(post("", "")).head.contains("Content-Length: 0"));
}

TEST_F(HttpRequestTest, ABigBodyArrivesWhole) {
    std::string body(3 << 20U, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i ^ i >> 9U);

    EXPECT_TRUE(received(post("", body)).body == body);
}

TEST_F(HttpRequestTest, AnEmptyPathIsTheRootAndAFragmentStaysHome) {
    EXPECT_TRUE(received(get(""), "").head.starts_with("GET / HTTP/1.1\r\n"));
    EXPECT_TRUE(received(get(""), "?q=1").head.starts_with("GET /?q=1 HTTP/1.1\r\n"));
    EXPECT_TRUE(received(get(""), "/a#secret").head.starts_with("GET /a HTTP/1.1\r\n"));
}

TEST_F(HttpRequestTest, NamesAreLookedUp) {
    const UpstreamServer server(always(make_answer(200, {}, "local")));

    const auto answer = send(get("http://localhost:" + std::to_string(server.port()) + "/"));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->body, "local");
}

TEST_F(HttpRequestTest, RefusesAddressesItCannotTrust) {
    for (const auto* const url :
         {"", "/relative", "example.com", "ftp://127.0.0.1/", "file:///etc/passwd", "http://",
          "http:///path", "http://user@127.0.0.1/", "http://user:pass@127.0.0.1/",
          "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "http://127.0.0.1:-1/",
          "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX-Injected: 1", "http://exa%6dple.com/",
          "javascript:alert(1)"}) {
        const auto outcome = send(get(url));
        ASSERT_FALSE(outcome) << url;
        EXPECT_EQ(outcome.error().kind, ErrorKind::Internal) << url;
        EXPECT_EQ(outcome.error().code, "upstream.bad_request") << url;
        EXPECT_FALSE(outcome.error().detail.contains("pass")) << url;
    }
}

TEST_F(HttpRequestTest, RefusesWhatWouldSplitARequest) {
    const UpstreamServer server(always(make_answer(200, {}, "")));
    const Headers bad_headers = {{"X-Split", "a\r\nX-Injected: 1"},
                                 {"X-Split", "a\nb"},
                                 {"X-Nul", std::string("a\0b", 3)},
                                 {"X Split", "a"},
                                 {"", "a"},
                                 {"X:Y", "a"},
                                 {"Content-Length", "1"},
                                 {"host", "evil"},
                                 {"Transfer-Encoding", "chunked"}};
    for (const auto& header : bad_headers) {
        auto request = get(server.url());
        request.headers = {header};
        expect_error(send(std::move(request)), ErrorKind::Internal, "upstream.bad_request");
    }
    auto request = get(server.url());
    request.method = "GET / HTTP/1.1\r\nX:";
    expect_error(send(std::move(request)), ErrorKind::Internal, "upstream.bad_request");
    EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace imagify::testing
