#include "usecases/reconcile_orders.hpp"

#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::size_t kRoundLimit = 100;
constexpr int kChecksInWindow = 1;  // Of kReconcileSchedule: the one at 5 minutes.

// When the check after `checks` is due; nothing after the last one. Those that were missed (the
// server was down, the clock went on) are left out: two answers of one moment tell as much as one.
std::optional<TimePoint> next_check(const Order& order, int checks, TimePoint now) {
    for (auto index = static_cast<std::size_t>(checks); index < kReconcileSchedule.size();
         ++index) {
        const auto due = order.created_at + kReconcileSchedule[index];
        if (due > now) return due;
    }
    return std::nullopt;
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
    bool unpaid = !answer &&
                  (answer.error().kind == ErrorKind::NotFound || MUTANT("reconcile.silence_is_no"));
    if (answer && answer->state != PaymentState::Pending) {
        const auto outcome = co_await parts_.settle_payment.record(*answer);
        counts.settled += outcome == NoticeOutcome::Recorded ? 1 : 0;
        // The store could not take it: the order stays due, the next round asks again.
        if (outcome == NoticeOutcome::Failure) co_return;
        const bool on_record =
            outcome == NoticeOutcome::Recorded || outcome == NoticeOutcome::AlreadyRecorded;
        if (on_record && answer->state == PaymentState::Paid) co_return;
        unpaid = on_record && answer->state == PaymentState::Failed;
    }
    counts.unanswered += answer || unpaid ? 0 : 1;
    const auto now = parts_.clock.now();
    const bool window_over =
        now >= order.expires_at + kExpiryGrace || MUTANT("reconcile.expires_at_once");
    if (unpaid && !answer && window_over && !co_await expire(order, counts)) co_return;
    // A customer whose first card failed may pay with another, and that notice may be lost: an
    // order is given up only when the gateway says twice after the window that it is unpaid: once
    // is not enough, as our clock may have jumped over the window. One check lies before its end.
    const bool twice = due.checks >= kChecksInWindow + 1 && order.status != OrderStatus::Pending;
    const bool confirmed =
        unpaid && ((window_over && twice) || MUTANT("reconcile.one_no_is_enough"));
    const auto next = confirmed ? std::nullopt : next_check(order, due.checks + 1, now);
    if (!next && !unpaid && order.status == OrderStatus::Pending && !co_await hand_over(order)) {
        co_return;
    }
    co_await parts_.orders.schedule_check(order.id, next);
}

Task<bool> ReconcileOrders::expire(const Order& order, Reconciled& counts) const {
    const auto marked = co_await parts_.orders.mark_order({.order_id = order.id,
                                                           .status = OrderStatus::Expired,
                                                           .failure = PaymentFailure::Timeout,
                                                           .now = parts_.clock.now()});
    if (marked && *marked == Marking::Changed) ++counts.expired;
    co_return marked.has_value();
}

Task<bool> ReconcileOrders::hand_over(const Order& order) const {
    log_event(LogLevel::Error, "order.unsettled", {{"orderId", order.id.text()}});
    const auto marked = co_await parts_.orders.mark_order({.order_id = order.id,
                                                           .status = OrderStatus::Review,
                                                           .failure = PaymentFailure::Unsettled,
                                                           .now = parts_.clock.now()});
    co_return marked.has_value();
}

}  // namespace imagify
