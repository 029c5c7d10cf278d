#include "usecases/start_payment.hpp"

#include "base/log.hpp"
#include "usecases/reconcile_orders.hpp"

namespace imagify {

Task<Result<StartedPayment>> StartPayment::run(PaymentRequest request) const {
    const auto plan = parts_.plans.find(request.plan_id);
    if (!plan) co_return fail(ErrorKind::Invalid, "plan.not_found");
    const OrderId id(new_ulid("", parts_.clock, parts_.random));
    // The id tells the time that the gateway has to repeat: an order can be made again from it.
    const auto now = *ulid_time(id.text(), "");
    Order order{.id = id,
                .user_id = request.user_id,
                .plan_id = plan->id,
                .credits = plan->credits,
                .amount = plan->price,
                .created_at = now,
                .expires_at = now + kPaymentWindow,
                .client_address = request.client_address,
                .requested_bank = request.bank_code,
                .gateway_locale = request.locale == Locale::English ? "en" : "vn"};
    const auto created =
        co_await parts_.orders.create_order({.order = std::move(order),
                                             .key = std::move(request.key),
                                             .first_check_at = now + kReconcileSchedule.front()});
    if (!created) co_return std::unexpected(created.error());
    log_event(LogLevel::Info, "order.opened",
              {{"orderId", created->id.text()},
               {"userId", created->user_id.text()},
               {"amountVnd", created->amount.amount}});
    co_return StartedPayment{.order = *created, .payment_url = parts_.gateway.pay_url(*created)};
}

}  // namespace imagify
