#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/order.hpp"
#include "domain/refund.hpp"

namespace imagify {

/// What a signed message of the gateway says about a payment.
enum class PaymentState { Paid, Pending, Failed, Review };

/// Where a refund stands at the gateway, by its signed word.
enum class RefundProgress {
    Moving,    ///< Accepted; the money is on its way.
    Done,      ///< The customer's bank has it.
    Rejected,  ///< Refused for good: no money moves.
    Absent,    ///< The gateway knows the payment, but no refund of it.
};

/// A signed message of the gateway about a refund of ours.
struct RefundNotice {
    RefundProgress progress = RefundProgress::Moving;
    /// The gateway's code, for the record.
    std::string reason{};
    /// The signed fields, canonical, for the record. No secret.
    std::string evidence{};
};

/// What an order was, read from a signed message of its own payment.
struct OrderClaim {
    UserId user_id;
    std::string plan_id;
    Credits credits;
};

/// A message of the gateway whose signature is valid and whose terminal is ours.
struct PaymentNotice {
    OrderId order_id;
    Vnd amount;
    PaymentState state = PaymentState::Pending;
    PaymentFailure failure = PaymentFailure::None;
    std::string gateway_transaction;
    std::string bank_code;
    /// The signed fields, canonical, for the record. No secret.
    std::string evidence;
    /// What we wrote into the order's description when it was paid; nothing when it was not us.
    std::optional<OrderClaim> claim{};
};

/// What became of a notice that the gateway sent, in our terms.
enum class NoticeOutcome {
    Recorded,         ///< Paid or failed, now on record.
    AlreadyRecorded,  ///< It was on record before.
    UnknownOrder,
    AmountMismatch,
    BadSignature,
    Failure,  ///< Nothing changed: please send it again.
};

/// The answer that the gateway's server waits for.
struct GatewayReply {
    std::string content_type;
    std::string body;
};

/// The company that takes the money. Nothing outside its adapter knows a field or code of its
/// protocol. Safe from several coroutines and threads at once; outlives every Task it returns.
class PaymentGateway {
public:
    virtual ~PaymentGateway() = default;

    /// Where the customer pays. Depends on the order alone: the same order gives the same bytes.
    virtual std::string pay_url(const Order& order) const = 0;

    /// Checks the signature of a raw query string that came to the return or notice address. Reads
    /// nothing else and changes nothing.
    /// Errors: Unauthenticated `payment.bad_signature` for anything that is not wholly genuine.
    virtual Result<PaymentNotice> verify(std::string_view raw_query) const = 0;

    /// Asks the gateway what it knows of the order. Only a signed answer about this very order is
    /// believed. Errors: NotFound `payment.not_found` (signed: it knows no such payment);
    /// Unavailable; Timeout; BadUpstream (unsigned, badly signed, about something else).
    virtual Task<Result<PaymentNotice>> query(Order order) = 0;

    /// Asks for the refund. Its id makes the request unique for the day: the same refund may be
    /// sent again on that day. Only a signed answer about this very order is believed. Errors (the
    /// outcome is unknown; ask with query_refund): Unavailable; Timeout; BadUpstream.
    virtual Task<Result<RefundNotice>> refund(Order order, Refund refund) = 0;

    /// Asks what became of the refund. Errors: NotFound `payment.not_found`; Unavailable; Timeout;
    /// BadUpstream.
    virtual Task<Result<RefundNotice>> query_refund(Order order, Refund refund) = 0;

    /// True while the gateway takes a repetition of this refund for the same request, so that it is
    /// safe to send it again.
    virtual bool may_send_again(const Refund& refund) const = 0;

    /// The gateway's own words for an outcome.
    virtual GatewayReply acknowledge(NoticeOutcome outcome) const = 0;
};

}  // namespace imagify
