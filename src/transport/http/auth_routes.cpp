#include <boost/json.hpp>

#include "transport/http/dto.hpp"
#include "transport/http/json_reader.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/routes.hpp"
#include "transport/http/session.hpp"

namespace imagify::http {
namespace {

Response logged_in(unsigned status, const LoggedIn& result, const Request& request) {
    auto response = private_json(status, {{"token", result.token.token},
                                          {"expiresAt", to_rfc3339(result.token.expires_at)},
                                          {"user", user_json(result.account)}});
    response.headers.add("Set-Cookie", session_cookie(result.token, request.secure));
    return response;
}

Response logged_out(const Request& request) {
    Response response{.status = 204, .headers = {}, .body = {}};
    response.headers.add("Set-Cookie", cleared_session_cookie(request.secure));
    response.headers.add("Cache-Control", "no-store");
    return response;
}

Result<Registration> read_registration(const Request& request) {
    auto reader = JsonReader::open(request);
    if (!reader) return std::unexpected(reader.error());
    Registration registration{.email = reader->text("email"),
                              .password = reader->text("password"),
                              .name = reader->optional_text("name").value_or("")};
    if (const auto text = reader->optional_text("locale")) {
        const auto locale = parse_locale(*text);
        if (!locale) reader->reject("locale", "unsupported");
        registration.locale = locale.value_or(Locale::Vietnamese);
    }
    if (auto valid = reader->finish(); !valid) return std::unexpected(valid.error());
    return registration;
}

Task<Response> register_person(const AuthRoutes& parts, Context context) {
    auto registration = read_registration(context.request);
    if (!registration) co_return problem(registration.error(), context.request.request_id);
    const auto result = co_await parts.register_account.run(std::move(*registration));
    if (!result) co_return problem(result.error(), context.request.request_id);
    co_return logged_in(201, *result, context.request);
}

Task<Response> log_in(const AuthRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto email = reader->text("email");
    auto password = reader->text("password");
    if (auto valid = reader->finish(); !valid) {
        co_return problem(valid.error(), context.request.request_id);
    }
    const auto result = co_await parts.log_in.run(std::move(email), std::move(password));
    if (!result) co_return problem(result.error(), context.request.request_id);
    co_return logged_in(200, *result, context.request);
}

Task<Response> session(Context context) {
    boost::json::object document{{"user", nullptr}};
    if (context.account) document["user"] = user_json(*context.account);
    co_return private_json(200, document);
}

Task<Response> log_out_everywhere(const AuthRoutes& parts, Context context) {
    const auto bumped = co_await parts.accounts.bump_session_epoch(context.account->id);
    if (!bumped) co_return problem(bumped.error(), context.request.request_id);
    co_return logged_out(context.request);
}

}  // namespace

void add_routes(Router& router, AuthRoutes parts) {
    using enum Method;
    using enum Access;
    const Route table[] = {
        {Post, "/auth/register", Public,
         [parts](Context c) { return register_person(parts, std::move(c)); }},
        {Post, "/auth/login", Public, [parts](Context c) { return log_in(parts, std::move(c)); }},
        {Get, "/auth/session", Visitor, [](Context c) { return session(std::move(c)); }},
        {Post, "/auth/logout", User,
         [](Context c) -> Task<Response> { co_return logged_out(c.request); }},
        {Post, "/auth/logout-all", User,
         [parts](Context c) { return log_out_everywhere(parts, std::move(c)); }},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
