#include "adapters/http_client/outbound_head.hpp"

#include <algorithm>
#include <cctype>

namespace imagify {
namespace {

std::unexpected<Error> bad_request(std::string reason) {
    return fail(ErrorKind::Internal, "upstream.bad_request", std::move(reason));
}

// What a token may hold besides letters and digits: RFC 9110, 5.6.2.
constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               kMarks.contains(c);
    });
}

bool is_field_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

bool is_ours(std::string_view name) {
    constexpr std::string_view kOurs[] = {"host", "content-length", "transfer-encoding",
                                          "connection", "expect"};
    return std::ranges::find(kOurs, to_lower(name)) != std::end(kOurs);
}

}  // namespace

Result<std::string> make_head(const OutboundRequest& request, const OutboundUrl& url) {
    if (!is_token(request.method)) return bad_request("method");
    if (!is_field_value(url.target) || url.target.contains(' ')) return bad_request("target");
    auto head = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority + "\r\n";
    bool names_agent = false;
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name) || !is_field_value(value)) return bad_request("header");
        if (is_ours(name)) return bad_request("header " + name);
        names_agent = names_agent || to_lower(name) == "user-agent";
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (!names_agent) head += "User-Agent: imagify\r\n";
    const bool may_be_empty =
        request.method == "GET" || request.method == "HEAD" || request.method == "DELETE";
    if (!request.body.empty() || !may_be_empty) {
        head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return head + "\r\n";
}

}  // namespace imagify
