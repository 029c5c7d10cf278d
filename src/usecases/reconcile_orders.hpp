#pragma once

#include <array>
#include <chrono>

#include "usecases/settle_payment.hpp"

namespace imagify {

/// When the gateway is asked about an unsettled order, counted from its creation: +5, +20, +60 min,
/// +6 h, +24 h, then daily for 7 days, then a person looks.
inline constexpr std::array<std::chrono::minutes, 12> kReconcileSchedule = {
    std::chrono::minutes(5), std::chrono::minutes(20), std::chrono::minutes(60),
    std::chrono::hours(6),   std::chrono::hours(24),   std::chrono::hours(48),
    std::chrono::hours(72),  std::chrono::hours(96),   std::chrono::hours(120),
    std::chrono::hours(144), std::chrono::hours(168),  std::chrono::hours(192)};

/// The gateway closes a payment a little after its expiry; only later is "unknown" an answer.
inline constexpr std::chrono::minutes kExpiryGrace{5};

/// What one round did.
struct Reconciled {
    int asked = 0;
    int settled = 0;
    int expired = 0;
    int unanswered = 0;
};

/// Asks the gateway about orders nobody told us the end of: a lost notice is found here.
class ReconcileOrders {
public:
    struct Parts {
        PaymentGateway& gateway;
        OrderStore& orders;
        const SettlePayment& settle_payment;
        const Clock& clock;
    };
    explicit ReconcileOrders(Parts parts) : parts_(parts) {}

    /// One round over at most 100 due orders. Errors: those of OrderStore.
    Task<Result<Reconciled>> run() const;

    /// Asks about one order now, whatever its schedule says. Errors: Unavailable
    /// `payment.no_answer`; BadUpstream `payment.bad_answer`; those of OrderStore.
    Task<Result<void>> check(Order order) const;

private:
    Task<void> reconcile(DueOrder due, Reconciled& counts) const;
    /// Both are false when the store could not take it.
    Task<bool> expire(const Order& order, Reconciled& counts) const;
    Task<bool> hand_over(const Order& order) const;

    Parts parts_;
};

}  // namespace imagify
