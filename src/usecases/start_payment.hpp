#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "domain/account.hpp"
#include "domain/plan.hpp"
#include "ports/order_store.hpp"
#include "ports/payment_gateway.hpp"

namespace imagify {

/// How long the gateway takes a payment. VNPAY's own demos use 15 minutes.
inline constexpr std::chrono::minutes kPaymentWindow{15};

struct PaymentRequest {
    UserId user_id;
    std::string plan_id;
    /// "", "VNPAYQR", "VNBANK" or "INTCARD".
    std::string bank_code{};
    Locale locale = Locale::Vietnamese;
    std::string client_address{};
    std::optional<IdempotencyKey> key{};
};

struct StartedPayment {
    Order order;
    std::string payment_url;
};

/// Opens an order for a plan and tells where to pay it.
class StartPayment {
public:
    struct Parts {
        const PlanList& plans;
        OrderStore& orders;
        const PaymentGateway& gateway;
        const Clock& clock;
        Random& random;
    };
    explicit StartPayment(Parts parts) : parts_(parts) {}

    /// Price and credits come from the plan list and are frozen in the order. A repeated key yields
    /// the same order and, byte for byte, the same address.
    /// Errors: Invalid `plan.not_found`, `validation.failed`, `idempotency.mismatch`; those of
    /// OrderStore.
    Task<Result<StartedPayment>> run(PaymentRequest request) const;

private:
    Parts parts_;
};

}  // namespace imagify
