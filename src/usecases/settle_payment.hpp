#pragma once

#include <string>

#include "ports/events.hpp"
#include "ports/order_store.hpp"
#include "ports/payment_gateway.hpp"
#include "usecases/recover_order.hpp"

namespace imagify {

/// Puts on record what the gateway says about a payment: the only way to credits for money.
class SettlePayment {
public:
    struct Parts {
        const PaymentGateway& gateway;
        OrderStore& orders;
        Events& events;
        const Clock& clock;
        /// In recovery mode: makes orders again that a restored backup does not know.
        const RecoverOrder* recover_order = nullptr;
    };
    explicit SettlePayment(Parts parts) : parts_(parts) {}

    /// Takes a message of the gateway's server. Answers only after what it changed is durable.
    /// A message that is not wholly genuine changes nothing.
    Task<NoticeOutcome> run(std::string raw_query) const;

    /// Records a notice that is known to be genuine.
    Task<NoticeOutcome> record(PaymentNotice notice) const;

private:
    Task<Result<Settlement>> settle_order(const PaymentNotice& notice) const;
    Task<NoticeOutcome> settle(PaymentNotice notice) const;
    Task<NoticeOutcome> mark(PaymentNotice notice, OrderStatus status) const;

    Parts parts_;
};

}  // namespace imagify
