#include "usecases/recover_order.hpp"

#include "base/log.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/start_payment.hpp"

namespace imagify {

Task<Result<Order>> RecoverOrder::run(PaymentNotice notice) const {
    const auto opened_at = ulid_time(notice.order_id.text(), "");
    if (!opened_at || !notice.claim || notice.amount < kMinPayment) {
        co_return fail(ErrorKind::NotFound, "order.not_found", "not an order of ours");
    }
    const auto account = co_await accounts_.find_account(notice.claim->user_id);
    if (!account && account.error().kind == ErrorKind::NotFound) {
        log_event(LogLevel::Error, "order.orphaned",
                  {{"orderId", notice.order_id.text()},
                   {"userId", notice.claim->user_id.text()},
                   {"amountVnd", notice.amount.amount}});
        co_return fail(ErrorKind::NotFound, "order.not_found", "its account is unknown too");
    }
    if (!account) co_return std::unexpected(account.error());
    auto made =
        co_await orders_.create_order({.order = {.id = notice.order_id,
                                                 .user_id = notice.claim->user_id,
                                                 .plan_id = notice.claim->plan_id,
                                                 .credits = notice.claim->credits,
                                                 .amount = notice.amount,
                                                 .created_at = *opened_at,
                                                 .expires_at = *opened_at + kPaymentWindow},
                                       .key = std::nullopt,
                                       .first_check_at = *opened_at + kReconcileSchedule.front()});
    if (made) log_event(LogLevel::Warning, "order.recovered", {{"orderId", made->id.text()}});
    co_return made;
}

}  // namespace imagify
