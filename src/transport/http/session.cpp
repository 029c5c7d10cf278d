#include "transport/http/session.hpp"

#include <algorithm>

#include "base/mutant.hpp"

namespace imagify::http {
namespace {

// RFC 9110, 11.1: the scheme has no case.
bool has_scheme(std::string_view authorization, std::string_view lower_case_scheme) {
    return std::ranges::equal(
        authorization.substr(0, lower_case_scheme.size()), lower_case_scheme,
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

std::string attributes(bool secure) {
    return std::string("; Path=/; HttpOnly; SameSite=Lax") + (secure ? "; Secure" : "");
}

}  // namespace

std::string_view cookie_value(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        auto pair = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
            return pair.substr(name.size() + (MUTANT("parse.cookie_value") ? 0 : 1));
        }
    }
    return {};
}

std::optional<PresentedToken> presented_token(const Request& request) {
    constexpr std::string_view kBearer = "bearer ";
    const auto authorization = request.headers.get("Authorization");
    if (has_scheme(authorization, kBearer)) {
        return PresentedToken{authorization.substr(kBearer.size()), TokenSource::Bearer};
    }
    const auto cookie = cookie_value(request.headers.get("Cookie"), kSessionCookie);
    if (cookie.empty()) return std::nullopt;
    return PresentedToken{cookie, TokenSource::Cookie};
}

bool passes_csrf(const Request& request, const CorsPolicy& cors) {
    if (request.headers.get("X-Imagify") != "1") return false;
    if (request.headers.count("Origin") == 0) return true;
    if (request.headers.count("Origin") > 1) return false;
    const auto origin = request.headers.get("Origin");
    if (cors.allows(origin)) return true;
    const auto host = request.headers.get("Host");
    // Behind a proxy that is not named in TRUSTED_PROXIES we do not see that it was https.
    const bool known_scheme =
        origin.starts_with("https://") || (!request.secure && origin.starts_with("http://"));
    return known_scheme && !host.empty() && origin.substr(origin.find("://") + 3) == host;
}

std::string session_cookie(const IssuedToken& token, bool secure) {
    const auto seconds = std::chrono::seconds(kSessionLifetime).count();
    return std::string(kSessionCookie) + '=' + token.token +
           "; Max-Age=" + std::to_string(seconds) + attributes(secure);
}

std::string cleared_session_cookie(bool secure) {
    return std::string(kSessionCookie) + "=; Max-Age=0" + attributes(secure);
}

}  // namespace imagify::http
