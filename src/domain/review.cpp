#include "domain/review.hpp"

#include <utility>

namespace imagify {

std::string_view to_text(ReviewAction action) {
    switch (action) {
        case ReviewAction::Approve: return "approve";
        case ReviewAction::Reject: return "reject";
        case ReviewAction::Dismiss: return "dismiss";
    }
    std::unreachable();
}

std::optional<ReviewAction> parse_review_action(std::string_view text) {
    using enum ReviewAction;
    for (const auto action : {Approve, Reject, Dismiss}) {
        if (to_text(action) == text) return action;
    }
    return std::nullopt;
}

}  // namespace imagify
