#include <boost/json.hpp>

#include "transport/http/dto.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/routes.hpp"
#include "transport/http/session.hpp"

namespace imagify::http {
namespace {

Task<Response> alive() { co_return private_json(200, {{"status", "ok"}}); }

Task<Response> ready(const OpsRoutes& parts, Context context) {
    if (parts.draining()) {
        co_return problem({.kind = ErrorKind::Unavailable, .code = "server.overloaded"},
                          context.request.request_id);
    }
    const auto writable = co_await parts.store.check_writable();
    if (!writable) co_return problem(writable.error(), context.request.request_id);
    co_return private_json(200, {{"status", "ok"}});
}

bool may_see_metrics(const OpsRoutes& parts, const Request& request) {
    if (!parts.metrics_token.empty()) {
        const auto token = presented_token(request);
        return token && token->token == parts.metrics_token;
    }
    return parts.metrics_for_this_machine &&
           (request.client_address == "127.0.0.1" || request.client_address == "::1");
}

Task<Response> metrics(const OpsRoutes& parts, Context context) {
    if (!may_see_metrics(parts, context.request)) {
        co_return problem({.kind = ErrorKind::NotFound, .code = "route.not_found"},
                          context.request.request_id);
    }
    Response response{.status = 200, .headers = {}, .body = parts.metrics()};
    response.headers.add("Content-Type", "text/plain; version=0.0.4");
    response.headers.add("Cache-Control", "no-store");
    co_return response;
}

}  // namespace

void add_routes(Router& router, OpsRoutes parts) {
    using enum Method;
    using enum Access;
    const Route table[] = {
        {Get, "/healthz", Public, [](Context) { return alive(); }},
        {Get, "/readyz", Public, [parts](Context c) { return ready(parts, std::move(c)); }},
        {Get, "/metrics", Public, [parts](Context c) { return metrics(parts, std::move(c)); }},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
