#include "app/route_groups.hpp"

#include <utility>

namespace imagify {
namespace {

struct Row {
    std::string_view start;
    std::optional<RouteGroup> group;
};

// The first that fits: what is paid for stands before the rest of /user.
constexpr Row kRows[] = {{"/auth/", RouteGroup::Auth},
                         {"/image", RouteGroup::Image},
                         {"/plans", RouteGroup::Payment},
                         {"/payment/", RouteGroup::Payment},
                         {"/user/pay-vnpay", RouteGroup::Payment},
                         {"/user/vnpay-return", RouteGroup::Payment},
                         {"/user/transactions", RouteGroup::Payment},
                         {"/admin/", RouteGroup::Payment},
                         {"/v1/", RouteGroup::Image},
                         {"/user/", RouteGroup::Auth}};

}  // namespace

std::optional<RouteGroup> group_of(std::string_view pattern) {
    for (const auto& row : kRows) {
        if (pattern.starts_with(row.start)) return row.group;
    }
    return std::nullopt;
}

http::Router routes_of(RouteGroup group, const http::Router& all) {
    http::Router chosen;
    if (group == RouteGroup::Worker || group == RouteGroup::Scheduler) return chosen;
    for (const auto& route : all.routes()) {
        const auto own = group_of(route.pattern);
        if (group == RouteGroup::All || !own || own == group) chosen.add(route);
    }
    return chosen;
}

}  // namespace imagify
