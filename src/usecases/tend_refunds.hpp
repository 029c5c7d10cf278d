#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>

#include "ports/events.hpp"
#include "ports/payment_gateway.hpp"
#include "ports/refund_store.hpp"

namespace imagify {

/// When the gateway is asked about an open refund, counted from its creation: +1, +5, +20, +60 min,
/// +6 h, +24 h, then daily for 7 days, then a person looks.
inline constexpr std::array<std::chrono::minutes, 13> kRefundSchedule = {
    std::chrono::minutes(1),  std::chrono::minutes(5), std::chrono::minutes(20),
    std::chrono::minutes(60), std::chrono::hours(6),   std::chrono::hours(24),
    std::chrono::hours(48),   std::chrono::hours(72),  std::chrono::hours(96),
    std::chrono::hours(120),  std::chrono::hours(144), std::chrono::hours(168),
    std::chrono::hours(192)};

/// What one round did.
struct TendedRefunds {
    int asked = 0;
    int closed = 0;
    int unanswered = 0;
};

/// Gives money back, and follows each refund to its end. The credits are held before anything is
/// sent, and the gateway's signed word, or a person's, ends it.
class TendRefunds {
public:
    struct Parts {
        PaymentGateway& gateway;
        RefundStore& refunds;
        Events& events;
        const Clock& clock;
        Random& random;
    };
    explicit TendRefunds(Parts parts) : parts_(parts) {}

    /// Opens a refund and sends it. When the gateway's answer is lost the refund stays open: the
    /// rounds ask what became of it. Errors: Invalid `validation.failed` (note, credits); those of
    /// RefundStore::open_refund.
    Task<Result<Refund>> refund(OrderId order, std::optional<Credits> credits,
                                OperatorAct act) const;

    /// Asks about the order's open refund now. Errors: Conflict `refund.closed` (none is open);
    /// Unavailable `payment.no_answer`; BadUpstream `payment.bad_answer`; those of RefundStore.
    Task<Result<Refund>> check(Order order) const;

    /// Ends the order's open refund on a person's word. Errors: Invalid `validation.failed` (note);
    /// Conflict `refund.closed`; those of RefundStore.
    Task<Result<Refund>> close(OrderId order, RefundState to, OperatorAct act) const;

    /// One round over at most 100 due refunds. Errors: those of RefundStore.
    Task<Result<TendedRefunds>> run() const;

private:
    Task<Result<Refund>> open_refund_of(OrderId order) const;
    Task<void> tend(DueRefund due, TendedRefunds& counts) const;
    Task<Result<RefundNotice>> ask(const Order& order, const Refund& refund) const;
    Task<Result<Refund>> record(Refund refund, RefundNotice notice) const;

    Parts parts_;
};

}  // namespace imagify
