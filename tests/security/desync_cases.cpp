#include "security/desync_cases.hpp"

namespace imagify::testing {

std::string post_with(const std::string& fields, const std::string& body) {
    return "POST /plans HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + body;
}

std::string get_with(const std::string& fields) {
    return "GET /plans HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n";
}

std::string for_host(const std::string& host) {
    return "GET /plans HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
}

std::string with_line(const std::string& line) { return line + "\r\nHost: a\r\n\r\n"; }

std::string chunked(const std::string& body) {
    return post_with("Transfer-Encoding: chunked", body);
}

std::vector<WireCase> desync_cases() {
    auto all = harmless_cases();
    for (auto& more : ambiguous_cases()) all.push_back(std::move(more));
    for (auto& more : severe_cases()) all.push_back(std::move(more));
    return all;
}

}  // namespace imagify::testing
