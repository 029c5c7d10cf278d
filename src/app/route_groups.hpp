#pragma once

#include <optional>
#include <string_view>

#include "app/config.hpp"
#include "transport/http/router.hpp"

namespace imagify {

/// The group that serves a route; nothing for routes that every group has (health).
std::optional<RouteGroup> group_of(std::string_view pattern);

/// Only the routes of `group` (RouteGroup::All: every route). Worker and scheduler have none.
http::Router routes_of(RouteGroup group, const http::Router& all);

}  // namespace imagify
