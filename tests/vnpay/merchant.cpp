#include "vnpay/merchant.hpp"

#include <stdexcept>

namespace imagify::testing {
namespace {

VnpayConfig config_of(Secrets secrets) {
    VnpayConfig config{.tmn_code = kOurTerminal,
                       .hash_secret = Secret(kOurSecret),
                       .pay_url = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
                       .api_url = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
                       .return_url = "https://imagify.example/payment-result"};
    if (secrets == Secrets::DuringAChange) {
        config.previous_hash_secret = config.hash_secret;
        config.hash_secret = Secret("THENEWSECRETTHATVNPAYUSESSOON001");
    }
    return config;
}

std::unique_ptr<sqlite::SqliteStore> open_store(const std::filesystem::path& folder,
                                                sqlite::StoreMode mode, const Clock& clock) {
    auto opened =
        sqlite::SqliteStore::open({.file = folder / "imagify.db", .mode = mode, .clock = &clock});
    if (!opened) throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
}

Refund full_refund_of(const Order& order) {
    return {.id = RefundId("R01KEXW1A7WZ6H4C4Z4Q0R0VV5M"),
            .order_id = order.id,
            .user_id = order.user_id,
            .credits = order.credits,
            .amount = order.amount,
            .actor = "operator",
            .created_at = order.created_at};
}

std::filesystem::path folder_for(sqlite::StoreMode mode) {
    const std::filesystem::path memory = "/dev/shm";
    return mode == sqlite::StoreMode::Simulation && std::filesystem::is_directory(memory)
               ? memory
               : std::filesystem::temp_directory_path();
}

}  // namespace

Task<Result<OutboundAnswer>> ScriptedGateway::send(OutboundRequest) {
    if (!body) co_return fail(ErrorKind::Unavailable, "upstream.unreachable");
    co_return OutboundAnswer{.status = 200, .body = *body};
}

Task<Result<OutboundAnswer>> ScriptedGateway::send(OutboundRequest request, ByteSink&) {
    co_return co_await send(std::move(request));
}

Merchant::Merchant(Secrets secrets, sqlite::StoreMode mode)
    : folder_(folder_for(mode)),
      store_(open_store(folder_.path(), mode, clock)),
      gateway_(config_of(secrets), wire_, clock, random_),
      settle_payment_({.gateway = gateway_, .orders = *store_, .events = events_, .clock = clock}),
      check_return_({.gateway = gateway_,
                     .orders = *store_,
                     .settle_payment = settle_payment_,
                     .clock = clock}),
      tend_refunds_({.gateway = gateway_,
                     .refunds = *store_,
                     .events = events_,
                     .clock = clock,
                     .random = random_}) {
    const auto account = run(store_->create_account({.id = user_,
                                                     .email = *Email::parse("an@example.vn"),
                                                     .password_hash = "hash",
                                                     .gift = Credits{0},
                                                     .created_at = clock.now()}));
    if (!account) throw std::runtime_error(account.error().detail);
    witness_ = std::make_unique<DatabaseWitness>(folder_.path() / "imagify.db");
}

NewOrder Merchant::new_order() {
    const auto now = clock.now();
    return {.order = {.id = OrderId(new_ulid("", clock, random_)),
                      .user_id = user_,
                      .plan_id = "basic",
                      .credits = {100},
                      .amount = {250'000},
                      .created_at = now,
                      .expires_at = now + std::chrono::minutes(15),
                      .client_address = "127.0.0.1",
                      .gateway_locale = "vn"},
            .key = {},
            .first_check_at = now + std::chrono::minutes(5)};
}

Order Merchant::open_order() {
    const auto made = run(store_->create_order(new_order()));
    if (!made) throw std::runtime_error(made.error().detail);
    return *made;
}

std::vector<Order> Merchant::open_orders(std::size_t count) {
    constexpr std::size_t kTogether = 256;
    std::vector<Order> orders;
    while (orders.size() < count) {
        for (std::size_t i = 0; i < std::min(kTogether, count - orders.size()); ++i) {
            boost::asio::co_spawn(context_, store_->create_order(new_order()),
                                  [&orders](const std::exception_ptr& error, auto made) {
                                      if (error) std::rethrow_exception(error);
                                      orders.push_back(std::move(made).value());
                                  });
        }
        context_.restart();
        context_.run();
    }
    return orders;
}

Order Merchant::order(const std::string& reference) {
    return run(store_->find_order(OrderId(reference))).value();
}

std::int64_t Merchant::credits() { return run(store_->find_account(user_)).value().credits.count; }

std::string Merchant::broken_invariants() {
    const auto violations = run(store_->verify());
    if (!violations) return violations.error().detail;
    std::string text;
    for (const auto& each : *violations) text += each.invariant + ": " + each.subject + "\n";
    return text;
}

std::string Merchant::take_notice(const std::string& query) {
    return reply_code(gateway_, run(settle_payment_.run(query)));
}

bool Merchant::take_return(const std::string& query) {
    wire_.body.reset();
    const auto view = run(check_return_.run(query));
    return view && view->order;
}

bool Merchant::take_answer(const Order& order, const std::string& body) {
    wire_.body = body;
    const auto notice = run(gateway_.query(order));
    if (notice) run(settle_payment_.record(*notice));
    // A refusal that is believed is an error of another kind than "this is no answer".
    return notice || notice.error().code != "payment.bad_answer";
}

bool Merchant::take_refund_answer(const Order& order, const std::string& body) {
    wire_.body = body;
    const auto notice = run(gateway_.refund(order, full_refund_of(order)));
    return notice || notice.error().code != "payment.bad_answer";
}

bool Merchant::take_refund_query(const Order& order, const std::string& body) {
    wire_.body = body;
    const auto notice = run(gateway_.query_refund(order, full_refund_of(order)));
    return notice || notice.error().code != "payment.bad_answer";
}

void Merchant::expire(const OrderId& id) {
    run(store_->mark_order({.order_id = id,
                            .status = OrderStatus::Expired,
                            .failure = PaymentFailure::Timeout,
                            .now = clock.now()}));
}

std::string reply_code(const PaymentGateway& gateway, NoticeOutcome outcome) {
    const auto body = gateway.acknowledge(outcome).body;
    constexpr std::string_view kName = "\"RspCode\":\"";
    const auto at = body.find(kName);
    return at == std::string::npos ? body : body.substr(at + kName.size(), 2);
}

}  // namespace imagify::testing
