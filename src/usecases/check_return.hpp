#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "usecases/settle_payment.hpp"

namespace imagify {

/// What the customer's browser is told when it comes back from the gateway.
struct ReturnView {
    /// Nothing when the address was forged or altered.
    std::optional<Order> order;
};

/// Looks at the address with which the browser comes back. Never credits by itself: a pending order
/// is looked up at the gateway, whose signed answer counts.
class CheckReturn {
public:
    struct Parts {
        PaymentGateway& gateway;
        OrderStore& orders;
        const SettlePayment& settle_payment;
        const Clock& clock;
    };
    explicit CheckReturn(Parts parts) : parts_(parts) {}

    /// Errors: those of OrderStore but NotFound.
    Task<Result<ReturnView>> run(std::string raw_query);

private:
    bool may_ask(const OrderId& id);

    Parts parts_;
    std::mutex mutex_;
    /// When each order was asked about last: a replayed address must not make us ask again and
    /// again.
    std::map<std::string, std::chrono::steady_clock::time_point> asked_;
};

}  // namespace imagify
