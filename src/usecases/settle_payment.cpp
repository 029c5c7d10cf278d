#include "usecases/settle_payment.hpp"

#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

NoticeOutcome outcome_of(const Error& error) {
    switch (error.kind) {
        case ErrorKind::NotFound: return NoticeOutcome::UnknownOrder;
        case ErrorKind::Conflict: return NoticeOutcome::AmountMismatch;
        default:
            return MUTANT("settle.failure_acknowledged") ? NoticeOutcome::Recorded
                                                         : NoticeOutcome::Failure;
    }
}

void log_refusal(const PaymentNotice& notice, const Error& error) {
    log_event(LogLevel::Warning, "payment.refused",
              {{"orderId", notice.order_id.text()},
               {"code", std::string_view(error.code)},
               {"detail", std::string_view(error.detail)}});
}

}  // namespace

Task<NoticeOutcome> SettlePayment::run(std::string raw_query) const {
    auto notice = parts_.gateway.verify(raw_query);
    if (!notice) {
        log_event(LogLevel::Warning, "payment.bad_signature");
        co_return NoticeOutcome::BadSignature;
    }
    co_return co_await record(std::move(*notice));
}

Task<NoticeOutcome> SettlePayment::record(PaymentNotice notice) const {
    switch (notice.state) {
        case PaymentState::Paid: co_return co_await settle(std::move(notice));
        case PaymentState::Failed: co_return co_await mark(std::move(notice), OrderStatus::Failed);
        case PaymentState::Review: co_return co_await mark(std::move(notice), OrderStatus::Review);
        case PaymentState::Pending: break;
    }
    // Nothing to record yet; only say whether the order is known.
    const auto order = co_await parts_.orders.find_order(notice.order_id);
    if (!order) co_return outcome_of(order.error());
    if (order->amount != notice.amount) co_return NoticeOutcome::AmountMismatch;
    co_return NoticeOutcome::Recorded;
}

Task<Result<Settlement>> SettlePayment::settle_order(const PaymentNotice& notice) const {
    co_return co_await parts_.orders.settle_order(
        {.order_id = notice.order_id,
         .amount = notice.amount,
         .gateway_transaction = notice.gateway_transaction,
         .bank_code = notice.bank_code,
         .now = parts_.clock.now(),
         .evidence = notice.evidence});
}

Task<NoticeOutcome> SettlePayment::settle(PaymentNotice notice) const {
    auto settled = co_await settle_order(notice);
    const bool unknown = !settled && settled.error().kind == ErrorKind::NotFound;
    if (unknown && parts_.recover_order != nullptr) {
        const auto made = co_await parts_.recover_order->run(notice);
        settled = made ? co_await settle_order(notice) : std::unexpected(made.error());
    }
    if (!settled) {
        log_refusal(notice, settled.error());
        co_return outcome_of(settled.error());
    }
    if (*settled == Settlement::AlreadySettled) co_return NoticeOutcome::AlreadyRecorded;
    log_event(LogLevel::Info, "payment.credited",
              {{"orderId", notice.order_id.text()}, {"amountVnd", notice.amount.amount}});
    const auto order = co_await parts_.orders.find_order(notice.order_id);
    if (order) parts_.events.publish(order->user_id, {});
    co_return NoticeOutcome::Recorded;
}

Task<NoticeOutcome> SettlePayment::mark(PaymentNotice notice, OrderStatus status) const {
    const auto marked =
        co_await parts_.orders.mark_order({.order_id = notice.order_id,
                                           .amount = notice.amount,
                                           .status = status,
                                           .failure = notice.failure,
                                           .now = parts_.clock.now(),
                                           .evidence = notice.evidence,
                                           .gateway_transaction = notice.gateway_transaction});
    if (!marked) {
        log_refusal(notice, marked.error());
        co_return outcome_of(marked.error());
    }
    log_event(LogLevel::Info, "payment.not_paid",
              {{"orderId", notice.order_id.text()},
               {"status", to_text(status)},
               {"reason", to_text(notice.failure)}});
    co_return *marked == Marking::Changed ? NoticeOutcome::Recorded
                                          : NoticeOutcome::AlreadyRecorded;
}

}  // namespace imagify
