#pragma once

#include "ports/account_store.hpp"
#include "ports/order_store.hpp"
#include "ports/payment_gateway.hpp"

namespace imagify {

/// Makes an order again that a restored backup does not know, from what the gateway signed about
/// it. Used only in recovery mode.
class RecoverOrder {
public:
    RecoverOrder(AccountStore& accounts, OrderStore& orders)
        : accounts_(accounts), orders_(orders) {}

    /// The order as it was when it was opened, still unsettled.
    /// Errors: NotFound `order.not_found` (the message is not about an order of ours, or its
    /// account is not in the backup either); those of the stores.
    Task<Result<Order>> run(PaymentNotice notice) const;

private:
    AccountStore& accounts_;
    OrderStore& orders_;
};

}  // namespace imagify
