// What does it say? Two parsers agree where these end, but perhaps not on host, path or fields.
#include "security/desync_cases.hpp"

namespace imagify::testing {
namespace {

using namespace std::string_literals;

std::vector<NamedBytes> lines() {
    return {
        {"an empty line first", "\r\n" + with_line("GET /plans HTTP/1.1")},
        {"LF first", "\n" + with_line("GET /plans HTTP/1.1")},
        {"a space first", with_line(" GET /plans HTTP/1.1")},
        {"two spaces after the method", with_line("GET  /plans HTTP/1.1")},
        {"two spaces before the version", with_line("GET /plans  HTTP/1.1")},
        {"a tab after the method", with_line("GET\t/plans HTTP/1.1")},
        {"a tab before the version", with_line("GET /plans\tHTTP/1.1")},
        {"a space after the version", with_line("GET /plans HTTP/1.1 ")},
        {"a second version", with_line("GET /plans HTTP/1.1 HTTP/1.1")},
        {"HTTP/0.9 by its look", "GET /plans\r\n\r\n"},
        {"HTTP/0.9 by its name", with_line("GET /plans HTTP/0.9")},
        {"HTTP/1.2", with_line("GET /plans HTTP/1.2")},
        {"HTTP/1.10", with_line("GET /plans HTTP/1.10")},
        {"HTTP/2.0", with_line("GET /plans HTTP/2.0")},
        {"HTTP/2's first words", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"a version in small letters", with_line("GET /plans http/1.1")},
        {"a version without its number", with_line("GET /plans HTTP/")},
        {"a comma in the version", with_line("GET /plans HTTP/1,1")},
        {"another protocol", with_line("GET /plans RTSP/1.1")},
        {"a method with a bracket", with_line("GE(T /plans HTTP/1.1")},
        {"a method with a colon", with_line("GET: /plans HTTP/1.1")},
        {"no method", with_line("/plans HTTP/1.1")},
        {"a line ended by LF", "GET /plans HTTP/1.1\nHost: a\r\n\r\n"},
        {"a line ended by CR", "GET /plans HTTP/1.1\rHost: a\r\n\r\n"},
        {"a head ended by LF", "GET /plans HTTP/1.1\r\nHost: a\n\n"},
    };
}

std::vector<NamedBytes> targets() {
    return {
        {"an authority", with_line("GET a:80 HTTP/1.1")},
        {"CONNECT", with_line("CONNECT a:80 HTTP/1.1")},
        {"an asterisk", with_line("OPTIONS * HTTP/1.1")},
        {"a path without a slash", with_line("GET plans HTTP/1.1")},
        {"another host", with_line("GET http://b/plans HTTP/1.1")},
        {"another port", with_line("GET http://a:81/plans HTTP/1.1")},
        {"another scheme", with_line("GET ftp://a/plans HTTP/1.1")},
        {"a scheme without a host", with_line("GET http:///plans HTTP/1.1")},
        {"a host behind a user", with_line("GET http://u@a/plans HTTP/1.1")},
        {"a fragment", with_line("GET /plans#x HTTP/1.1")},
        {"NUL", with_line("GET /plans\0x HTTP/1.1"s)},
        {"DEL", with_line("GET /plans\x7f HTTP/1.1")},
        {"a byte over 127", with_line("GET /pl\xc3\xa2ns HTTP/1.1")},
        {"a tab", with_line("GET /pl\tans HTTP/1.1")},
        {"a bare CR", with_line("GET /pl\rans HTTP/1.1")},
    };
}

std::vector<NamedBytes> hosts() {
    return {
        {"no Host", "GET /plans HTTP/1.1\r\n\r\n"},
        {"two Hosts", get_with("Host: b")},
        {"the same Host twice", get_with("Host: a")},
        {"an empty Host", for_host("")},
        {"a list of Hosts", for_host("a, b")},
        {"a Host with a path", for_host("a/b")},
        {"a Host with a user", for_host("u@a")},
        {"a Host with a space", for_host("a b")},
        {"a Host with a scheme", for_host("http://a")},
        {"a Host with two ports", for_host("a:80:81")},
        {"a Host with a word for a port", for_host("a:http")},
        {"a Host with a port over 65535", for_host("a:65536")},
        {"a Host with a negative port", for_host("a:-1")},
        {"a Host that is only a port", for_host(":80")},
        {"a Host with an open bracket", for_host("[::1")},
        {"a Host with text behind its bracket", for_host("[::1]x")},
        {"a Host with NUL", for_host("a\0b"s)},
        {"a Host with a byte over 127", for_host("\xc3\xa2.test")},
        {"a folded Host", "GET /plans HTTP/1.1\r\nHost:\r\n a\r\n\r\n"},
    };
}

std::vector<NamedBytes> fields() {
    return {
        {"a folded field", get_with("X: a\r\n b")},
        {"a field folded by a tab", get_with("X: a\r\n\tb")},
        {"a first field that begins with a space", "GET /plans HTTP/1.1\r\n Host: a\r\n\r\n"},
        {"a space before the colon", get_with("X : a")},
        {"a tab before the colon", get_with("X\t: a")},
        {"a name in quotes", get_with("\"X\": a")},
        {"a name with a bracket", get_with("X(: a")},
        {"a name with a byte over 127", get_with("X\xc3\xa2: a")},
        {"a name with NUL", get_with("X\0: a"s)},
        {"no name", get_with(": a")},
        {"no colon", get_with("X")},
        {"a value with NUL", get_with("X: a\0b"s)},
        {"a value with DEL", get_with("X: a\x7f")},
        {"a value with a bell", get_with("X: \x07")},
        {"a value with a bare CR", get_with("X: a\rb")},
        {"a value that ends in CR CR", get_with("X: a\r")},
        {"an expectation nobody knows", post_with("Expect: 200-ok\r\nContent-Length: 1", "a")},
    };
}

}  // namespace

std::vector<WireCase> ambiguous_cases() {
    std::vector<WireCase> cases;
    for (const auto& [of, group] : {std::pair{"line: ", lines()}, std::pair{"target: ", targets()},
                                    std::pair{"host: ", hosts()}, std::pair{"field: ", fields()}}) {
        for (const auto& [what, bytes] : group) {
            cases.push_back(
                {.tier = Tier::Ambiguous, .what = of + what, .bytes = bytes, .served = false});
        }
    }
    return cases;
}

}  // namespace imagify::testing
