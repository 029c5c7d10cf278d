#include "domain/order.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/mutant.hpp"

namespace imagify {
namespace {

template <class Value>
struct Named {
    Value value;
    std::string_view text;
};

constexpr auto kStatuses = std::to_array<Named<OrderStatus>>({
    {OrderStatus::Pending, "pending"},
    {OrderStatus::Paid, "paid"},
    {OrderStatus::Failed, "failed"},
    {OrderStatus::Expired, "expired"},
    {OrderStatus::Review, "review"},
    {OrderStatus::Refunding, "refunding"},
    {OrderStatus::Refunded, "refunded"},
});

constexpr auto kFailures = std::to_array<Named<PaymentFailure>>({
    {PaymentFailure::None, ""},
    {PaymentFailure::Cancelled, "cancelled"},
    {PaymentFailure::Timeout, "timeout"},
    {PaymentFailure::InsufficientFunds, "insufficient_funds"},
    {PaymentFailure::LimitExceeded, "limit_exceeded"},
    {PaymentFailure::BankMaintenance, "bank_maintenance"},
    {PaymentFailure::SuspectedFraud, "suspected_fraud"},
    {PaymentFailure::CardLocked, "card_locked"},
    {PaymentFailure::NotRegistered, "not_registered"},
    {PaymentFailure::WrongOtp, "wrong_otp"},
    {PaymentFailure::TooManyAttempts, "too_many_attempts"},
    {PaymentFailure::AmountMismatch, "amount_mismatch"},
    {PaymentFailure::Reversed, "reversed"},
    {PaymentFailure::PaidTwice, "paid_twice"},
    {PaymentFailure::PaidLate, "paid_late"},
    {PaymentFailure::Unsettled, "unsettled"},
    {PaymentFailure::Other, "other"},
});

}  // namespace

std::string_view to_text(OrderStatus status) {
    return std::ranges::find(kStatuses, status, &Named<OrderStatus>::value)->text;
}

std::optional<OrderStatus> parse_order_status(std::string_view text) {
    const auto* const found = std::ranges::find(kStatuses, text, &Named<OrderStatus>::text);
    if (found == kStatuses.end()) return std::nullopt;
    return found->value;
}

bool can_become_paid(OrderStatus status) {
    switch (status) {
        case OrderStatus::Pending:
        case OrderStatus::Failed:
        case OrderStatus::Expired:
        case OrderStatus::Review: return true;
        case OrderStatus::Paid:
        case OrderStatus::Refunding:
        case OrderStatus::Refunded: return false;
    }
    std::unreachable();
}

bool was_paid(OrderStatus status) { return !can_become_paid(status); }

bool is_unsettled(OrderStatus status) { return status == OrderStatus::Pending; }

std::string_view to_text(PaymentFailure failure) {
    return std::ranges::find(kFailures, failure, &Named<PaymentFailure>::value)->text;
}

PaymentFailure parse_payment_failure(std::string_view text) {
    const auto* const found = std::ranges::find(kFailures, text, &Named<PaymentFailure>::text);
    return found == kFailures.end() ? PaymentFailure::Other : found->value;
}

bool is_suspected(const Order& order) {
    return order.status == OrderStatus::Review && order.failure == PaymentFailure::SuspectedFraud;
}

bool may_mark(const Order& order, OrderStatus to) {
    switch (order.status) {
        case OrderStatus::Paid:
        case OrderStatus::Refunding:
        case OrderStatus::Refunded: return false;
        case OrderStatus::Pending: return to != OrderStatus::Pending;
        case OrderStatus::Failed: return to == OrderStatus::Review;
        case OrderStatus::Expired: return to == OrderStatus::Failed || to == OrderStatus::Review;
        case OrderStatus::Review:
            return to == OrderStatus::Failed &&
                   (!is_suspected(order) || MUTANT("mark.forgets_fraud"));
    }
    std::unreachable();
}

}  // namespace imagify
