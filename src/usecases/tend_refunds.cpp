#include "usecases/tend_refunds.hpp"

#include "base/failpoint.hpp"
#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::size_t kRoundLimit = 100;

Result<void> check_note(const OperatorAct& act) {
    const auto problem = note_problem(act.note);
    if (!problem) return {};
    return std::unexpected(Error{
        .kind = ErrorKind::Invalid, .code = "validation.failed", .fields = {{"note", *problem}}});
}

// When the check after `checks` is due; nothing after the last one. Those that were missed are left
// out, as for orders.
std::optional<TimePoint> next_check(const Refund& refund, int checks, TimePoint now) {
    for (auto index = static_cast<std::size_t>(checks); index < kRefundSchedule.size(); ++index) {
        const auto due = refund.created_at + kRefundSchedule[index];
        if (due > now) return due;
    }
    return std::nullopt;
}

bool is_final(RefundProgress progress) {
    return progress == RefundProgress::Done || progress == RefundProgress::Rejected ||
           (progress == RefundProgress::Moving && MUTANT("refund.moving_is_the_end"));
}

}  // namespace

Task<Result<Refund>> TendRefunds::refund(OrderId order, std::optional<Credits> credits,
                                         OperatorAct act) const {
    if (auto valid = check_note(act); !valid) co_return std::unexpected(valid.error());
    act.now = parts_.clock.now();
    const auto opened = co_await parts_.refunds.open_refund(
        {.id = RefundId(new_ulid("R", parts_.clock, parts_.random)),
         .order_id = std::move(order),
         .credits = credits,
         .act = std::move(act),
         .first_check_at = parts_.clock.now() + kRefundSchedule.front()});
    if (!opened) co_return std::unexpected(opened.error());
    FAILPOINT("refund.after_hold");
    parts_.events.publish(opened->order.user_id, {});
    auto sent = co_await parts_.gateway.refund(opened->order, opened->refund);
    FAILPOINT("refund.after_send");
    if (!sent && MUTANT("refund.silence_is_rejection")) {
        co_return co_await record(opened->refund, {.progress = RefundProgress::Rejected});
    }
    // A lost answer is no answer: the rounds will ask.
    if (!sent || !is_final(sent->progress)) co_return opened->refund;
    co_return co_await record(opened->refund, std::move(*sent));
}

Task<Result<Refund>> TendRefunds::open_refund_of(OrderId order) const {
    const auto refund = co_await parts_.refunds.refund_of(std::move(order));
    if (!refund) co_return std::unexpected(refund.error());
    if (!*refund || (*refund)->state != RefundState::Open) {
        co_return fail(ErrorKind::Conflict, "refund.closed");
    }
    co_return **refund;
}

Task<Result<Refund>> TendRefunds::check(Order order) const {
    auto refund = co_await open_refund_of(order.id);
    if (!refund) co_return refund;
    auto answer = co_await ask(order, *refund);
    if (!answer && answer.error().kind == ErrorKind::BadUpstream) {
        co_return fail(ErrorKind::BadUpstream, "payment.bad_answer", answer.error().detail);
    }
    if (!answer) co_return fail(ErrorKind::Unavailable, "payment.no_answer", answer.error().detail);
    if (!is_final(answer->progress)) co_return refund;
    co_return co_await record(std::move(*refund), std::move(*answer));
}

Task<Result<Refund>> TendRefunds::close(OrderId order, RefundState to, OperatorAct act) const {
    if (auto valid = check_note(act); !valid) co_return std::unexpected(valid.error());
    const auto refund = co_await open_refund_of(std::move(order));
    if (!refund) co_return refund;
    act.now = parts_.clock.now();
    auto closed = co_await parts_.refunds.close_refund(
        {.id = refund->id, .to = to, .reason = "operator", .now = act.now, .act = act});
    parts_.events.publish(refund->user_id, {});
    co_return closed;
}

Task<Result<TendedRefunds>> TendRefunds::run() const {
    const auto due = co_await parts_.refunds.due_refunds(parts_.clock.now(), kRoundLimit);
    if (!due) co_return std::unexpected(due.error());
    TendedRefunds counts;
    for (const auto& refund : *due) co_await tend(refund, counts);
    co_return counts;
}

Task<void> TendRefunds::tend(DueRefund due, TendedRefunds& counts) const {
    ++counts.asked;
    auto answer = co_await ask(due.order, due.refund);
    if (answer && is_final(answer->progress)) {
        const auto closed = co_await record(due.refund, std::move(*answer));
        counts.closed += closed ? 1 : 0;
        co_return;
    }
    counts.unanswered += answer ? 0 : 1;
    const auto next = next_check(due.refund, due.checks + 1, parts_.clock.now());
    if (!next) {
        log_event(LogLevel::Error, "refund.unsettled",
                  {{"orderId", due.order.id.text()}, {"refundId", due.refund.id.text()}});
    }
    co_await parts_.refunds.schedule_refund_check(due.refund.id, next, parts_.clock.now());
}

// What became of the refund. One that never arrived is sent again, while its request id protects
// from paying twice.
Task<Result<RefundNotice>> TendRefunds::ask(const Order& order, const Refund& refund) const {
    auto answer = co_await parts_.gateway.query_refund(order, refund);
    if (!answer || answer->progress != RefundProgress::Absent) co_return answer;
    if (!parts_.gateway.may_send_again(refund)) co_return answer;
    co_return co_await parts_.gateway.refund(order, refund);
}

Task<Result<Refund>> TendRefunds::record(Refund refund, RefundNotice notice) const {
    const bool done = notice.progress == RefundProgress::Done;
    auto closed = co_await parts_.refunds.close_refund(
        {.id = refund.id,
         .to = done ? RefundState::Done : RefundState::Rejected,
         .reason = done ? std::string() : notice.reason,
         .now = parts_.clock.now(),
         .evidence = notice.evidence});
    if (closed) {
        log_event(LogLevel::Info, done ? "refund.done" : "refund.rejected",
                  {{"orderId", refund.order_id.text()},
                   {"amountVnd", refund.amount.amount},
                   {"reason", std::string_view(notice.reason)}});
        parts_.events.publish(refund.user_id, {});
    }
    co_return closed;
}

}  // namespace imagify
