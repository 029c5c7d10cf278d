#include "domain/refund.hpp"

#include <utility>

namespace imagify {

std::string_view to_text(RefundState state) {
    switch (state) {
        case RefundState::Open: return "open";
        case RefundState::Done: return "done";
        case RefundState::Rejected: return "rejected";
    }
    std::unreachable();
}

std::optional<RefundState> parse_refund_state(std::string_view text) {
    using enum RefundState;
    for (const auto state : {Open, Done, Rejected}) {
        if (to_text(state) == text) return state;
    }
    return std::nullopt;
}

std::optional<Vnd> refund_amount(const Order& order, Credits credits) {
    if (credits.count <= 0 || credits > order.credits) return std::nullopt;
    // Prices stay below 1e9 dong and plans below 1e9 credits: the product fits.
    const Vnd share{order.amount.amount * credits.count / order.credits.count};
    if (share.amount < 1) return std::nullopt;
    return share;
}

}  // namespace imagify
