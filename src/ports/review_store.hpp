#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/operator_act.hpp"
#include "domain/review.hpp"
#include "ports/page.hpp"

namespace imagify {

struct ReviewSettlement {
    std::int64_t id = 0;
    ReviewAction action = ReviewAction::Dismiss;
    OperatorAct act;
};

struct SettledReview {
    ReviewItem item;
    /// The order as it is afterwards.
    Order order;
};

/// The cases that a person has to look at. Safe from several coroutines and threads at once; never
/// throws; outlives every Task it returns.
class ReviewStore {
public:
    virtual ~ReviewStore() = default;

    /// Newest first.
    virtual Task<Result<Page<ReviewItem>>> list_reviews(bool only_open, PageRequest page) = 0;

    /// All cases of an order, oldest first.
    virtual Task<Result<std::vector<ReviewItem>>> reviews_of(OrderId order) = 0;

    /// Settles the case, and does to the order and its credits what the action says, in one atomic
    /// step with the audit log. Approve: an order that can become paid is paid; a second payment
    /// (`paid_twice`) gives the order's credits once more, as ledger entry (adjust, "review:<id>").
    /// Reject: an order under review is failed.
    /// Errors: NotFound `review.not_found`; Conflict `review.settled`, `review.order_settled` (the
    /// order does not allow the action any more), `review.needs_decision` (an order under review
    /// cannot be dismissed); Unavailable; Unknown.
    virtual Task<Result<SettledReview>> settle_review(ReviewSettlement settlement) = 0;
};

}  // namespace imagify
