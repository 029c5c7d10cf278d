#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/order.hpp"

namespace imagify {

/// How a person settles a case.
enum class ReviewAction {
    Approve,  ///< The money is ours: the customer gets the credits, of a second payment too.
    Reject,   ///< It is not: an unpaid order is failed.
    Dismiss,  ///< Nothing is to be done.
};

/// "approve", "reject", "dismiss", as stored and sent.
std::string_view to_text(ReviewAction action);
std::optional<ReviewAction> parse_review_action(std::string_view text);

/// Why an order, or a payment, needs a person.
struct Doubt {
    PaymentFailure reason = PaymentFailure::Other;
    /// The signed message that raised it.
    std::string evidence;
    /// The payment's number at the gateway, when there is one.
    std::string gateway_transaction{};
    TimePoint now{};
};

/// What a message about a payment (a proof, a mark) gives a person to look at.
template <class Message>
Doubt doubt_of(const Message& message, PaymentFailure reason) {
    return {.reason = reason,
            .evidence = message.evidence,
            .gateway_transaction = message.gateway_transaction,
            .now = message.now};
}

/// Something about an order that a person has to look at.
struct ReviewItem {
    std::int64_t id = 0;
    OrderId order_id;
    PaymentFailure reason = PaymentFailure::Other;
    /// The signed message that raised it; empty when a time limit did.
    std::string evidence{};
    /// The gateway's number of the payment that it is about, when there is one.
    std::string gateway_transaction{};
    TimePoint created_at{};
    std::optional<TimePoint> settled_at{};
    /// Present when settled.
    std::optional<ReviewAction> resolution{};
    std::string note{};
};

}  // namespace imagify
