#pragma once

#include "transport/http/router.hpp"

namespace imagify::http {

/// Runs the route's handler unless its limit is used up: then 429 with Retry-After. Either way the
/// answer of a limited route tells its limit (RateLimit, RateLimit-Policy:
/// draft-ietf-httpapi-ratelimit-headers-09).
Task<Response> handle_within_limit(Limits& limits, const Route& route, Context context);

}  // namespace imagify::http
