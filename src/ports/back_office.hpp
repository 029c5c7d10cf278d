#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/operator_act.hpp"
#include "domain/order.hpp"
#include "domain/refund.hpp"
#include "ports/page.hpp"

namespace imagify {

/// An order with what an operator wants to see beside it.
struct OrderRecord {
    Order order;
    /// Of the account that made it.
    std::string email;
    std::optional<Refund> refund{};
};

struct OrderFilter {
    std::optional<OrderStatus> status{};
    /// The start of an order id, or a whole gateway transaction number; empty matches all.
    std::string text{};
};

/// A signed message of the gateway, as it was kept.
struct NoticeRecord {
    /// "paid", "failed", "review", "refunded", ...
    std::string verdict;
    std::string evidence;
    TimePoint created_at{};
};

/// Who does nothing for longer is no active customer.
inline constexpr std::chrono::days kActiveTime{30};

/// How the business does, since the beginning.
struct BusinessFigures {
    std::int64_t accounts = 0;
    /// Asked for a picture or paid in the last kActiveTime.
    std::int64_t active_accounts = 0;
    std::int64_t pictures = 0;
    std::int64_t paid_orders = 0;
    /// Of paid orders.
    Credits credits_sold;
    /// Paid less refunded.
    Vnd revenue;
    Vnd refunded;
    /// What customers could still spend, held credits included.
    Credits credits_outstanding;
    std::int64_t open_orders = 0;
    std::int64_t open_reviews = 0;
    std::int64_t open_refunds = 0;
};

/// What operators see and no customer does. Safe from several coroutines and threads at once; never
/// throws; outlives every Task it returns.
class BackOffice {
public:
    virtual ~BackOffice() = default;

    /// Counted now, in one snapshot; `now` decides who is active.
    virtual Task<Result<BusinessFigures>> figures(TimePoint now) = 0;

    /// Newest first; `text`: part of an e-mail address or the start of an id; empty matches all.
    virtual Task<Result<Page<Account>>> list_accounts(std::string text, PageRequest page) = 0;

    /// Newest first.
    virtual Task<Result<Page<OrderRecord>>> list_order_records(OrderFilter filter,
                                                               PageRequest page) = 0;

    /// Errors: NotFound `order.not_found`; Unavailable.
    virtual Task<Result<OrderRecord>> find_order_record(OrderId id) = 0;

    /// Signed messages about the order, oldest first, at most 100.
    virtual Task<Result<std::vector<NoticeRecord>>> notices_of(OrderId id) = 0;

    /// The audit log, newest first.
    virtual Task<Result<Page<AuditEntry>>> list_audit(PageRequest page) = 0;

    /// Makes the account an operator's, or takes that from it, with the audit log.
    /// Errors: NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<Account>> set_role(Email email, Role role, OperatorAct act) = 0;

    /// Switches one-time passwords off for somebody who lost them, ends every session and tells the
    /// address, with the audit log.
    /// Errors: NotFound `account.not_found`; Conflict `mfa.not_enabled`; Unavailable; Unknown.
    virtual Task<Result<void>> remove_otp(Email email, MailId notice, OperatorAct act) = 0;
};

}  // namespace imagify
