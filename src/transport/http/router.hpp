#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/account.hpp"
#include "domain/session.hpp"
#include "ports/limits.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// Who may call a route.
enum class Access {
    Public,   ///< Everybody; no account is looked up.
    Visitor,  ///< Everybody; the account is given when there is a valid token.
    User,     ///< Only with a valid token.
    Admin,    ///< Only with the token of an operator.
};

/// What a handler works on.
struct Context {
    Request request;
    /// Present on User routes, perhaps on Visitor routes.
    std::optional<Account> account;
    /// The session that speaks; present whenever `account` is.
    SessionId session{};
    /// What stands for {id} in the path.
    std::string id;
};

using Handler = std::function<Task<Response>(Context)>;

/// Whose uses of a route count together.
enum class LimitBy { Network, User };

/// How often a route may be used. A quota of zero: as often as one likes.
struct RouteLimit {
    LimitRule rule{};
    LimitBy by = LimitBy::Network;
};

/// One row of a route table. `pattern` has at most one segment `{id}`.
struct Route {
    Method method = Method::Get;
    std::string_view pattern;
    Access access = Access::User;
    Handler handler;
    RouteLimit limit{};
};

/// A route that was found, or what is known about the path.
struct Match {
    const Route* route = nullptr;
    std::string id;
    /// Methods of the path, for 405, with HEAD where there is GET; empty for an unknown path.
    std::string allow;
};

/// Finds routes by method and path.
class Router {
public:
    void add(Route route);
    /// HEAD finds GET routes.
    Match find(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    /// Path without {id} -> indexes of its routes; the common case is one look-up.
    std::unordered_map<std::string_view, std::vector<std::size_t>> exact_;
};

/// "GET", "POST", ...
std::string_view to_text(Method method);

}  // namespace imagify::http
