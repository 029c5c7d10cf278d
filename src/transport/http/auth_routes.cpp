#include <boost/json.hpp>

#include "base/log.hpp"
#include "transport/http/client.hpp"
#include "transport/http/credentials_dto.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/routes.hpp"
#include "transport/http/session.hpp"

namespace imagify::http {
namespace {

constexpr RouteLimit kRegister{
    .rule = {.name = "register", .quota = 20, .window = std::chrono::hours(1)}};
constexpr RouteLimit kLogin{
    .rule = {.name = "login", .quota = 60, .window = std::chrono::minutes(5)}};

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
    registration->client = client_of(context.request);
    const auto result = co_await parts.register_account.run(std::move(*registration));
    if (!result) co_return problem(result.error(), context.request.request_id);
    co_return logged_in(201, *result, context.request);
}

Task<Response> log_in(const AuthRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    LoginAttempt attempt{.email = reader->text("email"),
                         .credentials = read_credentials(*reader),
                         .client = client_of(context.request)};
    if (auto valid = reader->finish(); !valid) {
        co_return problem(valid.error(), context.request.request_id);
    }
    const auto result = co_await parts.log_in.run(std::move(attempt));
    if (!result) co_return problem(result.error(), context.request.request_id);
    co_return logged_in(200, *result, context.request);
}

Task<Response> session(const AuthRoutes& parts, Context context) {
    boost::json::object document{{"user", nullptr},
                                 {"mailProof", parts.provider == nullptr ? "link" : "code"}};
    if (context.account) document["user"] = user_json(*context.account);
    co_return private_json(200, document);
}

Task<Response> log_out(const AuthRoutes& parts, Context context) {
    const auto& user = context.account->id;
    const auto ended = co_await parts.sessions.end_session(user, context.session);
    // Ended by another request meanwhile: what was asked for is so.
    if (!ended && ended.error().kind != ErrorKind::NotFound) {
        co_return problem(ended.error(), context.request.request_id);
    }
    parts.events.publish(user, {});
    co_return logged_out(context.request);
}

Task<Response> log_out_everywhere(const AuthRoutes& parts, Context context) {
    const auto& user = context.account->id;
    const auto ended = co_await parts.sessions.end_all_sessions(user, parts.clock.now());
    if (!ended) co_return problem(ended.error(), context.request.request_id);
    parts.events.publish(user, {});
    if (parts.provider != nullptr) {
        // Ours are over whatever becomes of it: a token counts from when its owner logged in.
        const auto told = co_await parts.provider->end_log_ins(subject_of(user));
        if (!told) {
            log_event(LogLevel::Warning, "identity.log_ins_not_ended",
                      {{"userId", user.text()}, {"why", told.error().detail}});
        }
    }
    co_return logged_out(context.request);
}

}  // namespace

void add_routes(Router& router, AuthRoutes parts) {
    using enum Method;
    using enum Access;
    const Route table[] = {
        {Post, "/auth/register", Public,
         [parts](Context c) { return register_person(parts, std::move(c)); }, kRegister},
        {Post, "/auth/login", Public, [parts](Context c) { return log_in(parts, std::move(c)); },
         kLogin},
        {Get, "/auth/session", Visitor,
         [parts](Context c) { return session(parts, std::move(c)); }},
        {Post, "/auth/logout", User, [parts](Context c) { return log_out(parts, std::move(c)); }},
        {Post, "/auth/logout-all", User,
         [parts](Context c) { return log_out_everywhere(parts, std::move(c)); }},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
