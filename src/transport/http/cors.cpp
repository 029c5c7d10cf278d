#include "transport/http/cors.hpp"

#include <algorithm>
#include <charconv>

namespace imagify::http {
namespace {

// What the web app's own client sends, and no more.
constexpr std::string_view kHeaders =
    "Authorization, Content-Type, Idempotency-Key, Prefer, X-Imagify";
// What a page may read besides the fields that every page may.
constexpr std::string_view kReadable = "Location, Retry-After";

bool is_host_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

}  // namespace

bool is_origin(std::string_view text) {
    const bool secure = text.starts_with("https://");
    if (!secure && !text.starts_with("http://")) return false;
    text.remove_prefix(secure ? 8 : 7);
    const auto colon = std::min(text.find(':'), text.size());
    const auto host = text.substr(0, colon);
    if (host.empty() || !std::ranges::all_of(host, is_host_char)) return false;
    if (colon == text.size()) return true;
    const auto digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, port);
    // A browser leaves the usual port out, so with it the origin would never match.
    return error == std::errc{} && rest == end && digits.front() != '0' &&
           port != (secure ? 443 : 80);
}

bool CorsPolicy::allows(std::string_view origin) const {
    return std::ranges::find(allowed_, origin) != allowed_.end();
}

bool CorsPolicy::is_preflight(const Request& request) {
    return request.method == Method::Options && request.headers.count("Origin") == 1 &&
           request.headers.count("Access-Control-Request-Method") == 1;
}

Response CorsPolicy::answer_preflight(const std::string& methods) {
    Response response{.status = 204};
    response.headers.add("Access-Control-Allow-Methods", methods);
    response.headers.add("Access-Control-Allow-Headers", std::string(kHeaders));
    response.headers.add("Access-Control-Max-Age", "600");
    return response;
}

void CorsPolicy::mark(Response& response, std::string_view origin) const {
    if (allowed_.empty()) return;
    // Also where it is refused: a cache must not give one site the answer for another.
    response.headers.add("Vary", "Origin");
    if (!allows(origin)) return;
    response.headers.add("Access-Control-Allow-Origin", std::string(origin));
    response.headers.add("Access-Control-Allow-Credentials", "true");
    response.headers.add("Access-Control-Expose-Headers", std::string(kReadable));
}

}  // namespace imagify::http
