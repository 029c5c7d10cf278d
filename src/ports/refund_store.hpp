#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/operator_act.hpp"
#include "domain/refund.hpp"

namespace imagify {

struct NewRefund {
    RefundId id;
    OrderId order_id;
    /// Empty: all of the order's.
    std::optional<Credits> credits{};
    OperatorAct act;
    /// When the gateway is asked what became of it.
    TimePoint first_check_at{};
};

struct OpenedRefund {
    Refund refund;
    Order order;
};

/// How a refund ended.
struct RefundEnd {
    RefundId id;
    /// Done or Rejected.
    RefundState to = RefundState::Rejected;
    std::string reason{};
    TimePoint now{};
    /// The gateway's signed message; empty when a person says so.
    std::string evidence{};
    /// Present when a person ends it.
    std::optional<OperatorAct> act{};
};

/// An open refund whose gateway has to be asked, and how often it was asked before.
struct DueRefund {
    Refund refund;
    Order order;
    int checks = 0;
};

/// Where refunds live. Safe from several coroutines and threads at once; never throws; outlives
/// every Task it returns. Unavailable: nothing changed. Unknown: the outcome has to be looked up.
class RefundStore {
public:
    virtual ~RefundStore() = default;

    /// Takes the credits from the spendable ones into the held ones and marks the order refunding,
    /// in one atomic step with the audit log. A repeated id yields what it made.
    /// Errors: NotFound `order.not_found`; Conflict `refund.not_paid` (not paid, or refunded
    /// before), `refund.credits_spent`; Invalid `validation.failed` (credits); Unavailable;
    /// Unknown.
    virtual Task<Result<OpenedRefund>> open_refund(NewRefund refund) = 0;

    /// Done: the held credits leave with a ledger entry (refund, refund id), the order is refunded.
    /// Rejected: the credits come back, the order is paid. Exactly one end wins.
    /// Errors: NotFound `order.not_found`; Conflict `refund.closed`; Unavailable; Unknown.
    virtual Task<Result<Refund>> close_refund(RefundEnd end) = 0;

    /// The order's latest refund, whatever its state; nothing when it never had one.
    virtual Task<Result<std::optional<Refund>>> refund_of(OrderId order) = 0;

    /// Open refunds whose next check is due, oldest due first.
    virtual Task<Result<std::vector<DueRefund>>> due_refunds(TimePoint now, std::size_t limit) = 0;

    /// Counts a check and says when the next one is due. Without a time there are no more checks,
    /// and a person is asked to look (review reason `unsettled`).
    virtual Task<Result<void>> schedule_refund_check(RefundId id, std::optional<TimePoint> next,
                                                     TimePoint now) = 0;
};

}  // namespace imagify
