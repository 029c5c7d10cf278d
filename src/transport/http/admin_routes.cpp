#include <boost/json.hpp>
#include <charconv>

#include "transport/http/admin_dto.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/idempotency_key.hpp"
#include "transport/http/json_reader.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/query.hpp"
#include "transport/http/routes.hpp"

namespace imagify::http {
namespace {

Response refuse(const Error& error, const Context& context) {
    return problem(error, context.request.request_id);
}

OperatorAct act_of(const Context& context, std::string note) {
    return {.actor = context.account->id.text(), .note = std::move(note)};
}

struct ListQuery {
    Query query;
    PageRequest page;
};

Result<ListQuery> read_list(const Context& context) {
    auto query = Query::parse(context.request.query);
    if (!query) return std::unexpected(query.error());
    auto page = query->page();
    if (!page) return std::unexpected(page.error());
    return ListQuery{.query = std::move(*query), .page = std::move(*page)};
}

Error invalid_field(std::string name, std::string code) {
    return {.kind = ErrorKind::Invalid,
            .code = "validation.failed",
            .fields = {{std::move(name), std::move(code)}}};
}

// The order with its messages and cases, as every action on it answers.
Task<Response> show_order(const AdminRoutes& parts, unsigned status, OrderId id, Context context) {
    const auto record = co_await parts.office.find_order_record(id);
    if (!record) co_return refuse(record.error(), context);
    const auto notices = co_await parts.office.notices_of(id);
    if (!notices) co_return refuse(notices.error(), context);
    const auto reviews = co_await parts.reviews.reviews_of(id);
    if (!reviews) co_return refuse(reviews.error(), context);
    boost::json::array messages;
    for (const auto& notice : *notices) messages.emplace_back(notice_json(notice));
    boost::json::array cases;
    for (const auto& item : *reviews) cases.emplace_back(review_json(item));
    co_return private_json(status, {{"order", record_json(*record)},
                                    {"notices", std::move(messages)},
                                    {"reviews", std::move(cases)}});
}

Task<Response> summary(const AdminRoutes& parts, Context context) {
    const auto figures = co_await parts.office.figures(parts.clock.now());
    if (!figures) co_return refuse(figures.error(), context);
    co_return private_json(200, figures_json(*figures));
}

Task<Response> list_users(const AdminRoutes& parts, Context context) {
    auto list = read_list(context);
    if (!list) co_return refuse(list.error(), context);
    const auto users = co_await parts.office.list_accounts(list->query.get("q").value_or(""),
                                                           std::move(list->page));
    if (!users) co_return refuse(users.error(), context);
    co_return private_json(200, page_json(*users, admin_user_json));
}

Task<Response> get_user(const AdminRoutes& parts, Context context) {
    const auto account = co_await parts.accounts.find_account(UserId(context.id));
    if (!account) co_return refuse(account.error(), context);
    co_return private_json(200, admin_user_json(*account));
}

Task<Response> list_ledger(const AdminRoutes& parts, Context context) {
    auto list = read_list(context);
    if (!list) co_return refuse(list.error(), context);
    const auto account = co_await parts.accounts.find_account(UserId(context.id));
    if (!account) co_return refuse(account.error(), context);
    const auto entries = co_await parts.ledger.list_entries(account->id, std::move(list->page));
    if (!entries) co_return refuse(entries.error(), context);
    co_return private_json(200, page_json(*entries, ledger_json));
}

Task<Response> grant(const AdminRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return refuse(reader.error(), context);
    const auto credits = reader->optional_integer("credits", 1, kMaxGrant.count);
    auto note = reader->text("note");
    if (auto valid = reader->finish(); !valid) co_return refuse(valid.error(), context);
    if (!credits) co_return refuse(invalid_field("credits", "required"), context);
    const auto key = idempotency_key(context.request, "grant");
    if (!key) co_return refuse(key.error(), context);
    // The reference makes the grant unique: with a key a retry meets the first.
    const auto ref = *key ? context.account->id.text() + ":" + (*key)->key
                          : new_ulid("G", parts.clock, parts.random);
    const auto entry = co_await parts.grant_credits.run(
        UserId(context.id), {*credits}, "manual:" + ref, act_of(context, std::move(note)));
    if (!entry) co_return refuse(entry.error(), context);
    co_return private_json(201, ledger_json(*entry));
}

Task<Response> list_orders(const AdminRoutes& parts, Context context) {
    auto list = read_list(context);
    if (!list) co_return refuse(list.error(), context);
    OrderFilter filter{.text = list->query.get("q").value_or("")};
    if (const auto text = list->query.get("status")) {
        filter.status = parse_order_status(*text);
        if (!filter.status) co_return refuse(invalid_field("status", "unsupported"), context);
    }
    const auto orders =
        co_await parts.office.list_order_records(std::move(filter), std::move(list->page));
    if (!orders) co_return refuse(orders.error(), context);
    co_return private_json(200, page_json(*orders, record_json));
}

Task<Response> get_order(const AdminRoutes& parts, Context context) {
    OrderId id(context.id);
    co_return co_await show_order(parts, 200, std::move(id), std::move(context));
}

Task<Response> check_order(const AdminRoutes& parts, Context context) {
    const auto order = co_await parts.orders.find_order(OrderId(context.id));
    if (!order) co_return refuse(order.error(), context);
    if (order->status == OrderStatus::Refunding) {
        const auto checked = co_await parts.tend_refunds.check(*order);
        if (!checked) co_return refuse(checked.error(), context);
    } else {
        const auto checked = co_await parts.reconcile_orders.check(*order);
        if (!checked) co_return refuse(checked.error(), context);
    }
    co_return co_await show_order(parts, 200, order->id, std::move(context));
}

Task<Response> refund_order(const AdminRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return refuse(reader.error(), context);
    std::optional<Credits> credits;
    if (const auto count = reader->optional_integer("credits", 1, 1'000'000)) credits = {*count};
    auto note = reader->text("note");
    if (auto valid = reader->finish(); !valid) co_return refuse(valid.error(), context);
    const OrderId id(context.id);
    const auto refund =
        co_await parts.tend_refunds.refund(id, credits, act_of(context, std::move(note)));
    if (!refund) co_return refuse(refund.error(), context);
    co_return co_await show_order(parts, 202, id, std::move(context));
}

Task<Response> close_refund(const AdminRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return refuse(reader.error(), context);
    const auto outcome = parse_refund_state(reader->text("outcome"));
    const bool is_end = outcome && *outcome != RefundState::Open;
    if (!is_end) reader->reject("outcome", "unsupported");
    auto note = reader->text("note");
    if (auto valid = reader->finish(); !valid) co_return refuse(valid.error(), context);
    const auto order = co_await parts.orders.find_order(OrderId(context.id));
    if (!order) co_return refuse(order.error(), context);
    const auto closed =
        co_await parts.tend_refunds.close(order->id, *outcome, act_of(context, std::move(note)));
    if (!closed) co_return refuse(closed.error(), context);
    co_return co_await show_order(parts, 200, order->id, std::move(context));
}

Task<Response> list_reviews(const AdminRoutes& parts, Context context) {
    auto list = read_list(context);
    if (!list) co_return refuse(list.error(), context);
    const auto open = list->query.get("open").value_or("false");
    if (open != "true" && open != "false") {
        co_return refuse(invalid_field("open", "unsupported"), context);
    }
    const auto items = co_await parts.reviews.list_reviews(open == "true", std::move(list->page));
    if (!items) co_return refuse(items.error(), context);
    co_return private_json(200, page_json(*items, review_json));
}

Task<Response> settle_review(const AdminRoutes& parts, Context context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) co_return refuse(reader.error(), context);
    const auto action = parse_review_action(reader->text("action"));
    if (!action) reader->reject("action", "unsupported");
    auto note = reader->text("note");
    if (auto valid = reader->finish(); !valid) co_return refuse(valid.error(), context);
    std::int64_t id = 0;
    const auto* const end = context.id.data() + context.id.size();
    const auto [stop, error] = std::from_chars(context.id.data(), end, id);
    if (error != std::errc{} || stop != end) {
        co_return refuse({.kind = ErrorKind::NotFound, .code = "review.not_found"}, context);
    }
    const auto settled = co_await parts.settle_review.run(
        {.id = id, .action = *action, .act = act_of(context, std::move(note))});
    if (!settled) co_return refuse(settled.error(), context);
    co_return private_json(200, review_json(settled->item));
}

Task<Response> list_audit(const AdminRoutes& parts, Context context) {
    auto list = read_list(context);
    if (!list) co_return refuse(list.error(), context);
    const auto entries = co_await parts.office.list_audit(std::move(list->page));
    if (!entries) co_return refuse(entries.error(), context);
    co_return private_json(200, page_json(*entries, audit_json));
}

}  // namespace

void add_routes(Router& router, AdminRoutes parts) {
    using enum Method;
    const auto with = [parts](Task<Response> (*handler)(const AdminRoutes&, Context)) -> Handler {
        return [parts, handler](Context c) { return handler(parts, std::move(c)); };
    };
    const Route table[] = {
        {Get, "/admin/summary", Access::Admin, with(summary)},
        {Get, "/admin/users", Access::Admin, with(list_users)},
        {Get, "/admin/users/{id}", Access::Admin, with(get_user)},
        {Get, "/admin/users/{id}/ledger", Access::Admin, with(list_ledger)},
        {Post, "/admin/users/{id}/grants", Access::Admin, with(grant)},
        {Get, "/admin/orders", Access::Admin, with(list_orders)},
        {Get, "/admin/orders/{id}", Access::Admin, with(get_order)},
        {Post, "/admin/orders/{id}/check", Access::Admin, with(check_order)},
        {Post, "/admin/orders/{id}/refund", Access::Admin, with(refund_order)},
        {Post, "/admin/orders/{id}/refund/close", Access::Admin, with(close_refund)},
        {Get, "/admin/reviews", Access::Admin, with(list_reviews)},
        {Post, "/admin/reviews/{id}/settle", Access::Admin, with(settle_review)},
        {Get, "/admin/audit", Access::Admin, with(list_audit)},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
