#include "transport/http/rate_limit.hpp"

#include <fmt/format.h>

#include "transport/http/problem.hpp"
#include "usecases/rate_limited.hpp"

namespace imagify::http {
namespace {

// So many people of one network may use up a limit that counts by person.
constexpr std::int64_t kPeoplePerNetwork = 10;

void tell_limit(Response& response, const LimitRule& rule, const LimitUse& use) {
    response.headers.add("RateLimit-Policy", fmt::format("\"{}\";q={};w={}", rule.name, rule.quota,
                                                         rule.window.count()));
    response.headers.add("RateLimit", fmt::format("\"{}\";r={};t={}", rule.name, use.remaining,
                                                  use.retry_after.count()));
}

Task<LimitUse> take(Limits& limits, RouteLimit limit, const Context& context) {
    if (limit.by == LimitBy::User && context.account) {
        const auto own = co_await limits.take(limit.rule, context.account->id.text());
        auto shared = limit.rule;
        shared.quota *= kPeoplePerNetwork;
        const auto use = co_await limits.take(shared, context.request.client_network);
        co_return use.allowed ? own : use;
    }
    co_return co_await limits.take(limit.rule, context.request.client_network);
}

}  // namespace

Task<Response> handle_within_limit(Limits& limits, const Route& route, Context context) {
    const auto& network = context.request.client_network;
    if (route.limit.rule.quota == 0 || network.empty()) {
        co_return co_await route.handler(std::move(context));
    }
    const auto use = co_await take(limits, route.limit, context);
    Response response;
    if (use.allowed) {
        response = co_await route.handler(std::move(context));
    } else {
        response = problem(rate_limited(use).error(), context.request.request_id);
    }
    tell_limit(response, route.limit.rule, use);
    co_return response;
}

}  // namespace imagify::http
