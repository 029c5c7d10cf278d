// What has to be served, and what is odd but of one meaning.
#include "security/desync_cases.hpp"

namespace imagify::testing {
namespace {

std::vector<NamedBytes> compliant() {
    return {
        {"a plain GET", with_line("GET /plans HTTP/1.1")},
        {"HEAD", with_line("HEAD /plans HTTP/1.1")},
        {"DELETE", with_line("DELETE /plans HTTP/1.1")},
        {"OPTIONS of a path", with_line("OPTIONS /plans HTTP/1.1")},
        {"a method nobody knows", with_line("BREW /plans HTTP/1.1")},
        {"a query", with_line("GET /plans?a=b&c=%20? HTTP/1.1")},
        {"an absolute target", with_line("GET http://a/plans HTTP/1.1")},
        {"an absolute target in capitals", with_line("GET HTTP://A/plans HTTP/1.1")},
        {"an absolute target without a path", with_line("GET http://a HTTP/1.1")},
        {"an encoded path", with_line("GET /%70lans HTTP/1.1")},
        {"a Host with a port", for_host("a:8080")},
        {"a Host that is IPv4", for_host("127.0.0.1:80")},
        {"a Host that is IPv6", for_host("[2001:db8::1]:8080")},
        {"a Host without a space", "GET /plans HTTP/1.1\r\nHost:a\r\n\r\n"},
        {"a Host in capitals", "GET /plans HTTP/1.1\r\nHOST: A\r\n\r\n"},
        {"a field with tabs around it", get_with("X:\ta\t")},
        {"an empty field", get_with("X:")},
        {"a field with UTF-8", get_with("X: \xe1\xba\xa3nh")},
        {"a field twice", get_with("X: a\r\nX: b")},
        {"keep-alive", get_with("Connection: keep-alive")},
        {"a body of no bytes", post_with("Content-Length: 0")},
        {"a body with a length", post_with("Content-Length: 5", "01234")},
        {"a body that looks like a request",
         post_with("Content-Length: 37", "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n  ")},
        {"chunks", chunked("5\r\n01234\r\n0\r\n\r\n")},
        {"chunks with capitals", chunked("A\r\n0123456789\r\n0\r\n\r\n")},
        {"chunks with leading zeros", chunked("0005\r\n01234\r\n000\r\n\r\n")},
        {"chunks with an extension", chunked("5;a=b;c=\"d\"\r\n01234\r\n0;z\r\n\r\n")},
        {"chunks with a trailer", chunked("0\r\nX: a\r\n\r\n")},
        {"a coding in capitals", post_with("Transfer-Encoding: CHUNKED", "0\r\n\r\n")},
        {"an expectation", post_with("Expect: 100-continue\r\nContent-Length: 5", "01234")},
    };
}

std::vector<NamedBytes> acceptable() {
    return {
        {"an Upgrade to HTTP/2", get_with("Connection: Upgrade\r\nUpgrade: h2c")},
        {"an Upgrade to a web socket", get_with("Connection: Upgrade\r\nUpgrade: websocket")},
        {"a GET with a body", get_with("Content-Length: 5") + "01234"},
        {"a GET with chunks", get_with("Transfer-Encoding: chunked") + "0\r\n\r\n"},
        {"a HEAD with a body", "HEAD /plans HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"},
        {"a length with leading zeros", post_with("Content-Length: 0005", "01234")},
        {"a coding behind spaces", post_with("Transfer-Encoding:   chunked  ", "0\r\n\r\n")},
        {"a length with tabs around it", post_with("Content-Length:\t5\t", "01234")},
        {"a length under another name", get_with("Content_Length: 5")},
        {"a coding under another name", get_with("Transfer_Encoding: chunked")},
        {"a TE field", get_with("TE: trailers, chunked")},
        {"a field name with every mark", get_with("!#$%&'*+-.^_`|~9: a")},
        {"a trailer that names a length", chunked("0\r\nContent-Length: 99\r\n\r\n")},
        {"a field named Connection that names another", get_with("Connection: X, keep-alive")},
        {"a very long method", with_line(std::string(200, 'M') + " /plans HTTP/1.1")},
        {"a path of dots and slashes", with_line("GET //../%2e%2e/plans HTTP/1.1")},
        {"a Host that ends in a dot", for_host("a.test.")},
        {"a Host with an empty port", for_host("a:")},
    };
}

}  // namespace

std::vector<WireCase> harmless_cases() {
    std::vector<WireCase> cases;
    for (const auto& [what, bytes] : compliant()) {
        cases.push_back({.tier = Tier::Compliant, .what = what, .bytes = bytes, .served = true});
    }
    for (const auto& [what, bytes] : acceptable()) {
        cases.push_back({.tier = Tier::Acceptable, .what = what, .bytes = bytes, .served = true});
    }
    return cases;
}

}  // namespace imagify::testing
