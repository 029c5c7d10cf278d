#include <boost/json.hpp>

#include "base/log.hpp"
#include "transport/http/admin_dto.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/idempotency_key.hpp"
#include "transport/http/json_reader.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/query.hpp"
#include "transport/http/receipt_dto.hpp"
#include "transport/http/routes.hpp"

namespace imagify::http {
namespace {

bool is_bank_code(std::string_view text) {
    return text == "VNPAYQR" || text == "VNBANK" || text == "INTCARD";
}

Result<PaymentRequest> read_payment(const Context& context) {
    auto reader = JsonReader::open(context.request);
    if (!reader) return std::unexpected(reader.error());
    auto key = idempotency_key(context.request, "pay-vnpay");
    if (!key) return std::unexpected(key.error());
    PaymentRequest request{.user_id = context.account->id,
                           .plan_id = reader->text("planId"),
                           .bank_code = reader->optional_text("bankCode").value_or(""),
                           .locale = context.account->locale,
                           .client_address = context.request.client_address,
                           .key = std::move(*key)};
    if (!request.bank_code.empty() && !is_bank_code(request.bank_code)) {
        reader->reject("bankCode", "unsupported");
    }
    if (const auto text = reader->optional_text("locale")) {
        const auto locale = parse_locale(*text);
        if (!locale) reader->reject("locale", "unsupported");
        request.locale = locale.value_or(Locale::Vietnamese);
    }
    if (auto valid = reader->finish(); !valid) return std::unexpected(valid.error());
    return request;
}

Task<Response> list_plans(const PaymentRoutes& parts) {
    boost::json::array items;
    for (const auto& plan : parts.plans.all()) items.emplace_back(plan_json(plan));
    auto response = json_response(200, {{"items", std::move(items)}});
    response.headers.add("Cache-Control", "no-cache");
    co_return response;
}

Task<Response> pay(const PaymentRoutes& parts, Context context) {
    auto request = read_payment(context);
    if (!request) co_return problem(request.error(), context.request.request_id);
    const auto started = co_await parts.start_payment.run(std::move(*request));
    if (!started) co_return problem(started.error(), context.request.request_id);
    co_return private_json(
        201, {{"paymentUrl", started->payment_url}, {"transactionId", started->order.id.text()}});
}

Task<Response> come_back(const PaymentRoutes& parts, Context context) {
    const auto view = co_await parts.check_return.run(std::move(context.request.query));
    if (!view) co_return problem(view.error(), context.request.request_id);
    if (!view->order) co_return private_json(200, {{"status", "invalid"}});
    const auto& order = *view->order;
    boost::json::object document{{"status", to_text(order.status)},
                                 {"transactionId", order.id.text()},
                                 {"credits", order.credits.count}};
    if (order.failure != PaymentFailure::None) document["reason"] = to_text(order.failure);
    co_return private_json(200, document);
}

Task<Response> take_notice(const PaymentRoutes& parts, Context context) {
    const auto outcome = co_await parts.settle_payment.run(std::move(context.request.query));
    const auto reply = parts.gateway.acknowledge(outcome);
    // The gateway's acceptance asks for each call's address, kept for two months.
    log_event(LogLevel::Info, "payment.notice",
              {{"requestId", context.request.request_id},
               {"client", context.request.client_address},
               {"reply", reply.body}});
    // The gateway reads its own code, not the HTTP status.
    Response response{.status = 200, .headers = {}, .body = reply.body};
    response.headers.add("Content-Type", reply.content_type);
    response.headers.add("Cache-Control", "no-store");
    co_return response;
}

Task<Result<boost::json::object>> show_order(const PaymentRoutes& parts, const Order& order) {
    const bool payable =
        order.status == OrderStatus::Pending && parts.clock.now() < order.expires_at;
    auto document = order_json(order, payable ? parts.gateway.pay_url(order) : std::string());
    if (order.status == OrderStatus::Refunding || order.status == OrderStatus::Refunded) {
        const auto refund = co_await parts.refunds.refund_of(order.id);
        if (!refund) co_return std::unexpected(refund.error());
        if (*refund) document["refund"] = refund_json(**refund);
    }
    co_return document;
}

Task<Response> list_orders(const PaymentRoutes& parts, Context context) {
    const auto query = Query::parse(context.request.query);
    if (!query) co_return problem(query.error(), context.request.request_id);
    auto page = query->page();
    if (!page) co_return problem(page.error(), context.request.request_id);
    const auto orders = co_await parts.orders.list_orders(context.account->id, std::move(*page));
    if (!orders) co_return problem(orders.error(), context.request.request_id);
    Page<boost::json::object> shown{.items = {}, .next_cursor = orders->next_cursor};
    for (const auto& order : orders->items) {
        auto document = co_await show_order(parts, order);
        if (!document) co_return problem(document.error(), context.request.request_id);
        shown.items.push_back(std::move(*document));
    }
    co_return private_json(200, page_json(shown, std::identity()));
}

Task<Response> get_order(const PaymentRoutes& parts, Context context) {
    const auto order =
        co_await parts.orders.find_order_of(context.account->id, OrderId(context.id));
    if (!order) co_return problem(order.error(), context.request.request_id);
    const auto document = co_await show_order(parts, *order);
    if (!document) co_return problem(document.error(), context.request.request_id);
    co_return private_json(200, *document);
}

Task<Response> get_receipt(const PaymentRoutes& parts, Context context) {
    const auto order =
        co_await parts.orders.find_order_of(context.account->id, OrderId(context.id));
    if (!order) co_return problem(order.error(), context.request.request_id);
    if (!was_paid(order->status)) {
        co_return problem({.kind = ErrorKind::Conflict, .code = "order.not_paid"},
                          context.request.request_id);
    }
    auto document = receipt_json(*order, *context.account, parts.seller);
    const auto refund = co_await parts.refunds.refund_of(order->id);
    if (!refund) co_return problem(refund.error(), context.request.request_id);
    if (*refund && (*refund)->state != RefundState::Rejected) {
        document["refund"] = refund_json(**refund);
    }
    co_return private_json(200, document);
}

constexpr RouteLimit kPay{.rule = {.name = "pay", .quota = 30, .window = std::chrono::hours(1)},
                          .by = LimitBy::User};

}  // namespace

void add_routes(Router& router, PaymentRoutes parts) {
    using enum Method;
    using enum Access;
    const Route table[] = {
        {Get, "/plans", Public, [parts](Context) { return list_plans(parts); }},
        {Post, "/user/pay-vnpay", User, [parts](Context c) { return pay(parts, std::move(c)); },
         kPay},
        {Get, "/user/vnpay-return", Public,
         [parts](Context c) { return come_back(parts, std::move(c)); }},
        {Get, "/payment/vnpay-ipn", Public,
         [parts](Context c) { return take_notice(parts, std::move(c)); }},
        {Get, "/user/transactions", User,
         [parts](Context c) { return list_orders(parts, std::move(c)); }},
        {Get, "/user/transactions/{id}", User,
         [parts](Context c) { return get_order(parts, std::move(c)); }},
        {Get, "/user/transactions/{id}/receipt", User,
         [parts](Context c) { return get_receipt(parts, std::move(c)); }},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
