#include "usecases/reconcile_orders.hpp"

#include "base/log.hpp"

namespace imagify {
namespace {

constexpr std::size_t kRoundLimit = 100;

// When the check after `checks` is due; nothing after the last one.
std::optional<TimePoint> next_check(const Order& order, int checks) {
    const auto index = static_cast<std::size_t>(checks);
    if (index >= kReconcileSchedule.size()) return std::nullopt;
    return order.created_at + kReconcileSchedule[index];
}

}  // namespace

Task<Result<Reconciled>> ReconcileOrders::run() const {
    const auto due = co_await parts_.orders.due_orders(parts_.clock.now(), kRoundLimit);
    if (!due) co_return std::unexpected(due.error());
    Reconciled counts;
    for (const auto& order : *due) co_await reconcile(order, counts);
    co_return counts;
}

Task<Result<void>> ReconcileOrders::check(Order order) const {
    const auto answer = co_await parts_.gateway.query(order);
    if (answer) {
        const auto outcome = co_await parts_.settle_payment.record(*answer);
        if (outcome == NoticeOutcome::Failure) {
            co_return fail(ErrorKind::Unavailable, "server.unavailable");
        }
        co_return Result<void>{};
    }
    switch (answer.error().kind) {
        case ErrorKind::NotFound: break;
        case ErrorKind::BadUpstream:
            co_return fail(ErrorKind::BadUpstream, "payment.bad_answer", answer.error().detail);
        default: co_return fail(ErrorKind::Unavailable, "payment.no_answer", answer.error().detail);
    }
    if (parts_.clock.now() >= order.expires_at + kExpiryGrace) {
        Reconciled counts;
        co_await expire(order, counts);
    }
    co_return Result<void>{};
}

Task<void> ReconcileOrders::reconcile(DueOrder due, Reconciled& counts) const {
    const auto& order = due.order;
    ++counts.asked;
    const auto answer = co_await parts_.gateway.query(order);
    if (answer && answer->state != PaymentState::Pending) {
        const auto outcome = co_await parts_.settle_payment.record(*answer);
        counts.settled += outcome == NoticeOutcome::Recorded ? 1 : 0;
        if (outcome == NoticeOutcome::Recorded || outcome == NoticeOutcome::AlreadyRecorded) {
            co_return;
        }
    }
    const bool unknown_there = !answer && answer.error().kind == ErrorKind::NotFound;
    if (unknown_there && parts_.clock.now() >= order.expires_at + kExpiryGrace) {
        co_await expire(order, counts);
        co_return;
    }
    counts.unanswered += answer || unknown_there ? 0 : 1;
    const auto next = next_check(order, due.checks + 1);
    co_await parts_.orders.schedule_check(order.id, next);
    if (next) co_return;
    log_event(LogLevel::Error, "order.unsettled", {{"orderId", order.id.text()}});
    co_await parts_.orders.mark_order({.order_id = order.id,
                                       .status = OrderStatus::Review,
                                       .failure = PaymentFailure::Unsettled,
                                       .now = parts_.clock.now()});
}

Task<void> ReconcileOrders::expire(const Order& order, Reconciled& counts) const {
    const auto marked = co_await parts_.orders.mark_order({.order_id = order.id,
                                                           .status = OrderStatus::Expired,
                                                           .failure = PaymentFailure::Timeout,
                                                           .now = parts_.clock.now()});
    if (marked && *marked == Marking::Changed) ++counts.expired;
}

}  // namespace imagify
