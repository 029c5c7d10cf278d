// Messages that two HTTP parsers could read in two ways (T8 of the reliability programme): one
// answer, 400, and the connection is closed, so that nothing after them is taken for a request.
#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

using namespace std::string_literals;

struct Row {
    const char* what;
    std::string request;
};

const std::string kPost = "POST / HTTP/1.1\r\nHost: a\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";

const std::vector<Row> kRows{
    {"length and chunks",
     kPost + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"chunks and length",
     kPost + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"},
    {"two lengths", kPost + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
    {"the same length twice", kPost + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab"},
    {"a list of lengths", kPost + "Content-Length: 2, 2\r\n\r\nab"},
    {"a length with a sign", kPost + "Content-Length: +2\r\n\r\nab"},
    {"a negative length", kPost + "Content-Length: -1\r\n\r\n"},
    {"a hexadecimal length", kPost + "Content-Length: 0x2\r\n\r\nab"},
    {"a length with a space", kPost + "Content-Length: 1 1\r\n\r\nab"},
    {"an empty length", kPost + "Content-Length: \r\n\r\n"},
    {"a length beyond 64 bits", kPost + "Content-Length: 18446744073709551618\r\n\r\nab"},
    {"two codings",
     kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"a list of codings", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"},
    {"gzip, then chunks", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
    {"chunks, then identity", kPost + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
    {"identity", kPost + "Transfer-Encoding: identity\r\nContent-Length: 1\r\n\r\na"},
    {"an unknown coding", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
    {"a quoted coding", kPost + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"},
    {"a coding with a vertical tab", kPost + "Transfer-Encoding: \x0b"
                                             "chunked\r\n\r\n0\r\n\r\n"},
    {"an empty coding", kPost + "Transfer-Encoding:\r\n\r\n0\r\n\r\n"},
    {"chunks in HTTP/1.0",
     "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"a space before the colon", kPost + "Content-Length : 2\r\n\r\nab"},
    {"a tab before the colon", kPost + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n"},
    {"a folded line", kPost + "X: a\r\n b\r\n\r\n"},
    {"a folded coding", kPost + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"},
    {"a space before the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
    {"a header without a name", kPost + ": x\r\n\r\n"},
    {"a header without a colon", kPost + "Content-Length\r\n\r\n"},
    {"a bare LF between headers", kPost + "X: a\nContent-Length: 2\r\n\r\nab"},
    {"a bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: a\n\n"},
    {"a bare CR inside a value", kPost + "X: a\rContent-Length: 2\r\n\r\nab"},
    {"NUL inside a value", kPost + "X: a\0b\r\n\r\n"s},
    {"NUL inside a name", kPost + "X\0: a\r\n\r\n"s},
    {"DEL inside a value", kPost + "X: a\x7f\r\n\r\n"},
    {"a byte over 127 in a name", kPost + "X\xc3\xa9: a\r\n\r\n"},
    {"no Host", "GET / HTTP/1.1\r\n\r\n"},
    {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
    {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
    {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
    {"a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"},
    {"a list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
    {"a target for another host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target without a host", "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target that is an authority", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target that is an asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target without a slash", "GET x HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target with a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target with a byte over 127", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a target with a tab", "GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"two spaces after the method", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"},
    {"a method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"an empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a space first", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"no version", "GET /\r\nHost: a\r\n\r\n"},
    {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n"},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"},
    {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {"HTTP/11.1", "GET / HTTP/11.1\r\nHost: a\r\n\r\n"},
    {"a lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n"},
    {"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s},
    {"a chunk size with a prefix", kChunked + "0x3\r\nabc\r\n0\r\n\r\n"},
    {"a chunk size with a sign", kChunked + "+3\r\nabc\r\n0\r\n\r\n"},
    {"a chunk size with a space before", kChunked + " 3\r\nabc\r\n0\r\n\r\n"},
    {"a chunk size with a space after", kChunked + "3 \r\nabc\r\n0\r\n\r\n"},
    {"a chunk size that is empty", kChunked + "\r\nabc\r\n0\r\n\r\n"},
    {"a chunk size beyond 32 bits", kChunked + "100000003\r\nabc\r\n0\r\n\r\n"},
    {"a chunk size ended by LF", kChunked + "3\nabc\r\n0\r\n\r\n"},
    {"a chunk extension with CR", kChunked + "3;a\rb\r\nabc\r\n0\r\n\r\n"},
    {"a chunk longer than its size", kChunked + "3\r\nabcd\r\n0\r\n\r\n"},
    {"a chunk ended by LF", kChunked + "3\r\nabc\n0\r\n\r\n"},
    {"a chunk that is not ended", kChunked + "3\r\nabc0\r\n\r\n"},
    {"a trailer that is no header", kChunked + "0\r\nGET / HTTP/1.1\r\n\r\n"},
    {"a trailer ended by LF", kChunked + "0\r\nX: a\n\r\n"},
};

class DesyncTest : public ServerTest, public ::testing::WithParamInterface<Row> {};

TEST_P(DesyncTest, IsRefusedAndNothingAfterItIsAnswered) {
    int served = 0;
    service.answer = [&](http::Request) -> Task<http::Response> {
        ++served;
        co_return http::Response{};
    };
    start();
    HttpProbe probe(port);

    ASSERT_TRUE(probe.send(GetParam().request + get("/smuggled")));

    const auto reply = probe.read_reply();
    ASSERT_TRUE(reply) << GetParam().what;
    EXPECT_EQ(reply->status, 400U) << GetParam().what;
    EXPECT_EQ(reply->header("Connection"), "close");
    EXPECT_EQ(reply->header("Content-Type"), "application/problem+json");
    EXPECT_NE(reply->body.find(R"("code":"request.malformed")"), std::string::npos) << reply->body;
    EXPECT_TRUE(probe.ends());
    TearDown();
    EXPECT_EQ(served, 0) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(Table, DesyncTest, ::testing::ValuesIn(kRows), [](const auto& info) {
    std::string name;
    for (const char c : std::string_view(info.param.what)) {
        name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    }
    return name;
});

}  // namespace
}  // namespace imagify::testing
