#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/money.hpp"

namespace imagify {

/// pending -> paid | failed | expired | review; all of them can still become paid on proof; paid is
/// final except through a refund: paid -> refunding -> refunded | paid.
enum class OrderStatus { Pending, Paid, Failed, Expired, Review, Refunding, Refunded };

/// "pending", "paid", ... as stored and sent.
std::string_view to_text(OrderStatus status);
std::optional<OrderStatus> parse_order_status(std::string_view text);

/// True when proof of payment may still turn the order into paid. Money that arrived is never
/// refused because we were late, nor because an earlier notice was odd (docs/decisions/0002).
bool can_become_paid(OrderStatus status);

/// True once the customer's money arrived: the order has its purchase in the ledger, whatever
/// became of it later.
bool was_paid(OrderStatus status);

/// True while nobody knows the outcome. Orders that failed or expired are asked about too for a
/// while; see ReconcileOrders.
bool is_unsettled(OrderStatus status);

/// Why an order was not paid, in our own words; the gateway's codes stay in its adapter.
enum class PaymentFailure {
    None,
    Cancelled,
    Timeout,
    InsufficientFunds,
    LimitExceeded,
    BankMaintenance,
    SuspectedFraud,
    CardLocked,
    NotRegistered,
    WrongOtp,
    TooManyAttempts,
    AmountMismatch,
    Reversed,
    PaidTwice,
    PaidLate,
    Unsettled,
    Other,
};

/// "" for None, "cancelled", "insufficient_funds", ... as stored and sent.
std::string_view to_text(PaymentFailure failure);
/// Unknown text is Other.
PaymentFailure parse_payment_failure(std::string_view text);

struct Order;

/// True while somebody suspects fraud behind an unpaid order. Only proof of payment, or a person,
/// ends that.
bool is_suspected(const Order& order);

/// True where evidence that nobody paid, or a doubt, may give the order the status `to`. What was
/// paid is never marked.
bool may_mark(const Order& order, OrderStatus to);

/// One attempt to buy a plan. Price and credits are frozen when the order is made.
struct Order {
    OrderId id;
    UserId user_id;
    std::string plan_id;
    Credits credits;
    Vnd amount;
    OrderStatus status = OrderStatus::Pending;
    PaymentFailure failure = PaymentFailure::None;
    TimePoint created_at{};
    /// When the gateway stops taking the payment.
    TimePoint expires_at{};
    std::optional<TimePoint> paid_at{};
    /// The gateway's own number of the payment.
    std::string gateway_transaction{};
    std::string bank_code{};
    /// Frozen inputs of the pay URL, so that a retry gives the same bytes.
    std::string client_address{};
    std::string requested_bank{};
    /// Language of the gateway's page: "vn" or "en".
    std::string gateway_locale{};
};

}  // namespace imagify
