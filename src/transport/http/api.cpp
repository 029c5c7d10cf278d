#include "transport/http/api.hpp"

#include <array>

#include "base/log.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/session.hpp"

namespace imagify::http {
namespace {

constexpr auto kApiPrefixes = std::to_array<std::string_view>(
    {"/auth", "/user", "/image", "/payment", "/plans", "/admin", "/v1", "/dev", "/healthz",
     "/readyz", "/metrics", "/openapi.json"});

bool changes_something(Method method) { return method != Method::Get && method != Method::Head; }

// For every answer of the API; the web app's pages carry their own policy.
void add_security_headers(Response& response) {
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "no-referrer");
    response.headers.add("Cross-Origin-Resource-Policy", "same-origin");
    if (response.headers.get("Content-Security-Policy").empty()) {
        response.headers.add("Content-Security-Policy",
                             "default-src 'none'; frame-ancestors 'none'");
    }
}

Response refuse_unknown(const Match& match, const Request& request) {
    if (match.allow.empty()) {
        return problem({.kind = ErrorKind::NotFound, .code = "route.not_found"},
                       request.request_id);
    }
    auto response = problem({.kind = ErrorKind::MethodNotAllowed, .code = "method.not_allowed"},
                            request.request_id);
    response.headers.add("Allow", match.allow);
    return response;
}

}  // namespace

bool is_api_path(std::string_view path) {
    for (const auto prefix : kApiPrefixes) {
        if (!path.starts_with(prefix)) continue;
        if (path.size() == prefix.size() || path[prefix.size()] == '/') return true;
    }
    return false;
}

Task<Response> Api::handle(Request request) {
    if (!is_api_path(request.path)) co_return parts_.web(request);
    if (request.path == "/openapi.json" && !changes_something(request.method)) {
        co_return parts_.web(request);
    }
    if (request.path.starts_with("/dev/") || request.path == "/dev") {
        if (parts_.sandbox) co_return co_await parts_.sandbox(std::move(request));
    }
    auto response = co_await dispatch(std::move(request));
    add_security_headers(response);
    co_return response;
}

Task<Response> Api::dispatch(Request request) {
    auto match = parts_.router.find(request.method, request.path);
    if (match.route == nullptr) co_return refuse_unknown(match, request);
    auto response = co_await serve(*match.route, std::move(match.id), std::move(request));
    response.route = match.route->pattern;
    co_return response;
}

Task<Response> Api::serve(const Route& route, std::string id, Request request) {
    auto account = co_await identify(route, request);
    if (!account) co_return problem(account.error(), request.request_id);
    std::string user_id;
    if (*account) user_id = (*account)->id.text();
    auto response = co_await route.handler(
        {.request = std::move(request), .account = std::move(*account), .id = std::move(id)});
    response.user_id = std::move(user_id);
    co_return response;
}

Task<Result<std::optional<Account>>> Api::identify(const Route& route, const Request& request) {
    if (route.access == Access::Public) co_return std::nullopt;
    const auto presented = presented_token(request);
    if (!presented) {
        if (route.access == Access::Visitor) co_return std::nullopt;
        co_return fail(ErrorKind::Unauthenticated, "auth.required");
    }
    auto account = co_await parts_.authenticate.run(presented->token);
    if (!account) {
        const bool invalid = account.error().kind == ErrorKind::Unauthenticated;
        if (invalid && route.access == Access::Visitor) co_return std::nullopt;
        co_return std::unexpected(account.error());
    }
    if (presented->source == TokenSource::Cookie && changes_something(route.method) &&
        !passes_csrf(request)) {
        co_return fail(ErrorKind::Forbidden, "csrf.rejected");
    }
    if (route.access == Access::Admin && account->role != Role::Admin) {
        co_return fail(ErrorKind::Forbidden, "auth.admin_required");
    }
    co_return std::move(*account);
}

}  // namespace imagify::http
