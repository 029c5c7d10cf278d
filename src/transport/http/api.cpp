#include "transport/http/api.hpp"

#include <array>

#include "base/log.hpp"
#include "transport/http/client.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/rate_limit.hpp"
#include "transport/http/session.hpp"
#include "transport/http/trace_context.hpp"

namespace imagify::http {
namespace {

constexpr auto kApiPrefixes = std::to_array<std::string_view>(
    {"/auth", "/user", "/image", "/payment", "/plans", "/admin", "/v1", "/dev", "/healthz",
     "/readyz", "/metrics", "/openapi.json"});

bool changes_something(Method method) { return method != Method::Get && method != Method::Head; }

// What a page has not said itself, it gets in its strictest form.
void add_security_headers(Response& response) {
    constexpr std::pair<std::string_view, std::string_view> kStrictest[] = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};
    for (const auto& [name, value] : kStrictest) {
        if (response.headers.count(name) == 0) {
            response.headers.add(std::string(name), std::string(value));
        }
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
    auto trace = trace_context(request.headers);
    if (!trace) co_return co_await respond(std::move(request));
    auto traced = trace_response(*trace, request.request_id);
    auto response = co_await respond(std::move(request));
    response.headers.set("traceresponse", std::move(traced));
    response.trace_id = std::move(trace->trace_id);
    co_return response;
}

Task<Response> Api::respond(Request request) {
    const bool is_document = request.path == "/openapi.json" && !changes_something(request.method);
    if (is_document || !is_api_path(request.path)) {
        auto response = parts_.web(request);
        // Its files have their own policies; a service worker would even be bound by ours.
        if (response.status >= 400) add_security_headers(response);
        co_return response;
    }
    const std::string origin(request.headers.get("Origin"));
    auto response = co_await answer(std::move(request));
    add_security_headers(response);
    parts_.cors.mark(response, origin);
    co_return response;
}

Task<Response> Api::answer(Request request) {
    if (request.path.starts_with("/dev/") || request.path == "/dev") {
        if (parts_.sandbox) co_return co_await parts_.sandbox(std::move(request));
    }
    if (CorsPolicy::is_preflight(request) && parts_.cors.allows(request.headers.get("Origin"))) {
        const auto match = parts_.router.find(request.method, request.path);
        if (!match.allow.empty()) co_return CorsPolicy::answer_preflight(match.allow);
    }
    const bool unlimited = parts_.unlimited_loopback && is_loopback(request.client_address);
    if (!unlimited) request.client_network = network_of(request.client_address);
    co_return co_await dispatch(std::move(request));
}

Task<Response> Api::dispatch(Request request) {
    auto match = parts_.router.find(request.method, request.path);
    if (match.route == nullptr) co_return refuse_unknown(match, request);
    auto response = co_await serve(*match.route, std::move(match.id), std::move(request));
    response.route = match.route->pattern;
    co_return response;
}

Task<Response> Api::serve(const Route& route, std::string id, Request request) {
    auto identity = co_await identify(route, request);
    if (!identity) co_return problem(identity.error(), request.request_id);
    Context context{.request = std::move(request), .account = {}, .id = std::move(id)};
    std::string user_id;
    if (*identity) {
        user_id = (*identity)->account.id.text();
        context.account = std::move((*identity)->account);
        context.session = std::move((*identity)->session);
    }
    auto response = co_await handle_within_limit(parts_.limits, route, std::move(context));
    response.user_id = std::move(user_id);
    co_return response;
}

Task<Result<std::optional<Identity>>> Api::identify(const Route& route, const Request& request) {
    if (route.access == Access::Public) co_return std::nullopt;
    const auto presented = presented_token(request);
    if (!presented) {
        if (route.access == Access::Visitor) co_return std::nullopt;
        co_return fail(ErrorKind::Unauthenticated, "auth.required");
    }
    auto identity = co_await parts_.authenticate.run(presented->token);
    if (!identity) {
        const bool invalid = identity.error().kind == ErrorKind::Unauthenticated;
        if (invalid && route.access == Access::Visitor) co_return std::nullopt;
        co_return std::unexpected(identity.error());
    }
    if (presented->source == TokenSource::Cookie && changes_something(route.method) &&
        !passes_csrf(request, parts_.cors)) {
        co_return fail(ErrorKind::Forbidden, "csrf.rejected");
    }
    if (route.access == Access::Admin && identity->account.role != Role::Admin) {
        co_return fail(ErrorKind::Forbidden, "auth.admin_required");
    }
    co_return std::move(*identity);
}

}  // namespace imagify::http
