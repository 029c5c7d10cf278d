#include "transport/http/router.hpp"

#include <utility>

namespace imagify::http {
namespace {

constexpr std::string_view kId = "{id}";

// The part of `path` that stands for {id}; nothing when the pattern does not fit.
std::optional<std::string_view> match_id(std::string_view pattern, std::string_view path) {
    const auto at = pattern.find(kId);
    if (at == std::string_view::npos) return std::nullopt;
    const auto before = pattern.substr(0, at);
    const auto after = pattern.substr(at + kId.size());
    if (path.size() <= before.size() + after.size()) return std::nullopt;
    if (!path.starts_with(before) || !path.ends_with(after)) return std::nullopt;
    const auto id = path.substr(before.size(), path.size() - before.size() - after.size());
    if (id.contains('/')) return std::nullopt;
    return id;
}

}  // namespace

std::string_view to_text(Method method) {
    switch (method) {
        case Method::Get: return "GET";
        case Method::Head: return "HEAD";
        case Method::Post: return "POST";
        case Method::Put: return "PUT";
        case Method::Patch: return "PATCH";
        case Method::Delete: return "DELETE";
        case Method::Options: return "OPTIONS";
        case Method::Other: return "OTHER";
    }
    std::unreachable();
}

void Router::add(Route route) {
    if (!route.pattern.contains(kId)) exact_[route.pattern].push_back(routes_.size());
    routes_.push_back(std::move(route));
}

Match Router::find(Method method, std::string_view path) const {
    const auto wanted = method == Method::Head ? Method::Get : method;
    Match match;
    const auto note_other = [&match](const Route& route) {
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += to_text(route.method);
        if (route.method == Method::Get) match.allow += ", HEAD";
    };
    if (const auto found = exact_.find(path); found != exact_.end()) {
        for (const auto index : found->second) {
            const auto& route = routes_[index];
            if (route.method == wanted) return {.route = &route, .id = {}, .allow = {}};
            note_other(route);
        }
        return match;
    }
    for (const auto& route : routes_) {
        const auto id = match_id(route.pattern, path);
        if (!id) continue;
        if (route.method == wanted) return {.route = &route, .id = std::string(*id), .allow = {}};
        note_other(route);
    }
    return match;
}

}  // namespace imagify::http
