#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/money.hpp"
#include "domain/order.hpp"

namespace imagify {

/// open (credits held, money on its way or not) -> done | rejected. Leaving open is one conditional
/// update: exactly one wins.
enum class RefundState { Open, Done, Rejected };

/// "open", "done", "rejected", as stored and sent.
std::string_view to_text(RefundState state);
std::optional<RefundState> parse_refund_state(std::string_view text);

/// Money of a paid order on its way back. Its credits are held while it is open, so that they
/// cannot be spent; they leave with it (done) or come back (rejected).
struct Refund {
    RefundId id;
    OrderId order_id;
    UserId user_id;
    Credits credits;
    Vnd amount;
    RefundState state = RefundState::Open;
    /// Why it was rejected; the gateway's code or "operator".
    std::string reason{};
    /// Who asked for it.
    std::string actor{};
    TimePoint created_at{};
    std::optional<TimePoint> closed_at{};
};

/// What `credits` of the order cost: their share of its price, rounded down to a whole dong; all of
/// them cost all of it. Nothing unless 0 < credits <= order.credits and the share is at least 1.
std::optional<Vnd> refund_amount(const Order& order, Credits credits);

}  // namespace imagify
