#include "usecases/check_return.hpp"

#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::chrono::seconds kAskAgainAfter{5};
constexpr std::size_t kAskedMax = 10'000;

}  // namespace

bool CheckReturn::may_ask(const OrderId& id) {
    const auto now = parts_.clock.steady_now();
    const std::scoped_lock lock(mutex_);
    if (asked_.size() >= kAskedMax) {
        std::erase_if(asked_,
                      [&](const auto& entry) { return now - entry.second > kAskAgainAfter; });
        if (asked_.size() >= kAskedMax) return false;
    }
    const auto [entry, first] = asked_.try_emplace(id.text(), now);
    if (!first && now - entry->second < kAskAgainAfter) return false;
    entry->second = now;
    return true;
}

Task<Result<ReturnView>> CheckReturn::run(std::string raw_query) {
    const auto notice = parts_.gateway.verify(raw_query);
    if (!notice) co_return ReturnView{};
    if (MUTANT("return.credits")) co_await parts_.settle_payment.record(*notice);
    auto order = co_await parts_.orders.find_order(notice->order_id);
    if (!order && order.error().kind == ErrorKind::NotFound) co_return ReturnView{};
    if (!order) co_return std::unexpected(order.error());
    // A genuine address that says "paid" about an order that failed: another card was taken.
    const bool may_have_changed =
        notice->state == PaymentState::Paid && can_become_paid(order->status);
    if ((is_unsettled(order->status) || may_have_changed) && may_ask(order->id)) {
        const auto answer = co_await parts_.gateway.query(*order);
        if (answer) {
            co_await parts_.settle_payment.record(*answer);
            auto settled = co_await parts_.orders.find_order(order->id);
            if (settled) order = std::move(settled);
        }
    }
    co_return ReturnView{.order = *order};
}

}  // namespace imagify
