#include <boost/json.hpp>

#include "transport/http/credentials_dto.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/json_reader.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/query.hpp"
#include "transport/http/routes.hpp"

namespace imagify::http {
namespace {

Task<Response> credits(Context context) {
    // Read when the request was authenticated, a few microseconds ago.
    const auto& account = *context.account;
    auto document = balance_json({.credits = account.credits, .held = account.held});
    document["user"] = boost::json::object{
        {"id", account.id.text()}, {"name", account.name}, {"email", account.email}};
    co_return private_json(200, document);
}

Task<Response> me(Context context) { co_return private_json(200, user_json(*context.account)); }

Result<ProfileChange> read_change(const Request& request) {
    auto reader = JsonReader::open(request);
    if (!reader) return std::unexpected(reader.error());
    ProfileChange change{.name = reader->optional_text("name"), .locale = std::nullopt};
    if (change.name) {
        if (const auto problem = name_problem(*change.name)) reader->reject("name", *problem);
    }
    if (const auto text = reader->optional_text("locale")) {
        change.locale = parse_locale(*text);
        if (!change.locale) reader->reject("locale", "unsupported");
    }
    if (auto valid = reader->finish(); !valid) return std::unexpected(valid.error());
    return change;
}

Task<Response> update_me(const AccountRoutes& parts, Context context) {
    auto change = read_change(context.request);
    if (!change) co_return problem(change.error(), context.request.request_id);
    const auto account =
        co_await parts.accounts.update_profile(context.account->id, std::move(*change));
    if (!account) co_return problem(account.error(), context.request.request_id);
    co_return private_json(200, user_json(*account));
}

Task<Response> ledger(const AccountRoutes& parts, Context context) {
    const auto query = Query::parse(context.request.query);
    if (!query) co_return problem(query.error(), context.request.request_id);
    auto page = query->page();
    if (!page) co_return problem(page.error(), context.request.request_id);
    const auto entries = co_await parts.ledger.list_entries(context.account->id, std::move(*page));
    if (!entries) co_return problem(entries.error(), context.request.request_id);
    co_return private_json(200, page_json(*entries, ledger_json));
}

Task<Response> delete_me(const AccountRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return problem(reader.error(), context.request.request_id);
    auto given = read_credentials(*reader);
    if (auto valid = reader->finish(); !valid) {
        co_return problem(valid.error(), context.request.request_id);
    }
    const auto deleted = co_await parts.delete_account.run(context.account->id, std::move(given));
    if (!deleted) co_return problem(deleted.error(), context.request.request_id);
    co_return logged_out(context.request);
}

Task<Response> list_sessions(const AccountRoutes& parts, Context context) {
    const auto sessions =
        co_await parts.sessions.list_sessions(context.account->id, parts.clock.now());
    if (!sessions) co_return problem(sessions.error(), context.request.request_id);
    boost::json::array items;
    for (const auto& session : *sessions) {
        auto item = session_json(session);
        item["current"] = session.id == context.session;
        items.push_back(std::move(item));
    }
    co_return private_json(200, {{"items", std::move(items)}});
}

Task<Response> end_session(const AccountRoutes& parts, Context context) {
    const auto& user = context.account->id;
    const auto ended = co_await parts.sessions.end_session(user, SessionId(context.id));
    if (!ended) co_return problem(ended.error(), context.request.request_id);
    parts.events.publish(user, {});
    co_return Response{.status = 204, .headers = {}, .body = {}};
}

}  // namespace

void add_routes(Router& router, AccountRoutes parts) {
    using enum Method;
    using enum Access;
    const Route table[] = {
        {Get, "/user/credits", User, [](Context c) { return credits(std::move(c)); }},
        {Get, "/user/me", User, [](Context c) { return me(std::move(c)); }},
        {Patch, "/user/me", User, [parts](Context c) { return update_me(parts, std::move(c)); }},
        {Delete, "/user/me", User, [parts](Context c) { return delete_me(parts, std::move(c)); }},
        {Get, "/user/sessions", User,
         [parts](Context c) { return list_sessions(parts, std::move(c)); }},
        {Delete, "/user/sessions/{id}", User,
         [parts](Context c) { return end_session(parts, std::move(c)); }},
        {Get, "/user/ledger", User, [parts](Context c) { return ledger(parts, std::move(c)); }},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
