#include "adapters/dynamodb/books.hpp"

namespace imagify::dynamodb {
namespace {

std::int64_t booked(const Item* entry, const std::string& owner) {
    return entry == nullptr || entry->text("owner") != owner ? 0 : entry->number("delta");
}

// The state that an order's refund is in, as the order's own status has it.
std::string expected_refund(OrderStatus status) {
    if (status == OrderStatus::Refunding) return std::string(to_text(RefundState::Open));
    if (status == OrderStatus::Refunded) return std::string(to_text(RefundState::Done));
    return {};
}

void check_orders(const Books& books, std::vector<Violation>& found) {
    std::map<std::string, std::string> standing_refunds;
    for (const auto& [id, item] : books.refunds) {
        const auto refund = read_refund(item);
        if (refund.state == RefundState::Rejected) continue;
        auto& state = standing_refunds[refund.order_id.text()];
        state += to_text(refund.state);
    }
    std::map<std::string, int> payments;
    for (const auto& [id, item] : books.orders) {
        const auto order = read_order(item);
        const auto* const purchase = books.entry(LedgerKind::Purchase, id);
        if (order.paid_at && booked(purchase, order.user_id.text()) != order.credits.count) {
            found.push_back({"I4 a paid order has its purchase", id,
                             "no purchase of " + std::to_string(order.credits.count) + " credits"});
        }
        if (order.paid_at.has_value() != was_paid(order.status)) {
            found.push_back({"I4 a paid order has its purchase", id,
                             "status " + std::string(to_text(order.status)) +
                                 (order.paid_at ? ", but paid" : ", but never paid")});
        }
        if (!order.gateway_transaction.empty()) ++payments[order.gateway_transaction];
        if (standing_refunds[id] != expected_refund(order.status)) {
            found.push_back({"I4 an order is refunding or refunded with its refund", id,
                             std::string(to_text(order.status)) + ", but its refund is '" +
                                 standing_refunds[id] + "'"});
        }
    }
    for (const auto& [number, count] : payments) {
        if (count > 1) {
            found.push_back({"I4 one gateway payment pays one order", number,
                             std::to_string(count) + " orders"});
        }
    }
}

void check_refunds(const Books& books, std::vector<Violation>& found) {
    for (const auto& [id, item] : books.refunds) {
        const auto refund = read_refund(item);
        const auto due = refund.state == RefundState::Done ? -refund.credits.count : 0;
        const auto taken = booked(books.entry(LedgerKind::Refund, id), refund.user_id.text());
        if (taken != due) {
            found.push_back(
                {"I4 a refund took its credits back once", id,
                 std::string(to_text(refund.state)) + ", ledger " + std::to_string(taken)});
        }
    }
}

// An entry that nothing explains.
void check_entries(const Books& books, std::vector<Violation>& found) {
    constexpr std::string_view kReview = "review:";
    for (const auto& [key, item] : books.ledger) {
        const auto entry = read_entry(item);
        const auto delta = "ledger " + std::to_string(entry.delta.count);
        if (entry.kind == LedgerKind::Purchase) {
            const auto order = books.orders.find(entry.ref);
            if (order == books.orders.end() || !order->second.has("paidAt")) {
                found.push_back({"I4 a purchase has its paid order", entry.ref, delta});
            }
        }
        if (entry.kind == LedgerKind::Refund && !books.refunds.contains(entry.ref)) {
            found.push_back({"I4 credits leave for a refund only", entry.ref, delta});
        }
        if (entry.kind == LedgerKind::Adjust && entry.ref.starts_with(kReview)) {
            const auto review =
                std::ranges::find_if(books.reviews, [&entry, &kReview](const auto& pair) {
                    return std::to_string(pair.first) == entry.ref.substr(kReview.size());
                });
            const bool approved =
                review != books.reviews.end() &&
                review->second.text("resolution") == to_text(ReviewAction::Approve) &&
                review->second.text("reason") == to_text(PaymentFailure::PaidTwice);
            if (!approved) {
                found.push_back({"I4 a second payment is credited by a person's word only",
                                 entry.ref, delta + " without an approved case"});
            }
        }
    }
}

void check_pictures(const Books& books, std::vector<Violation>& found) {
    for (const auto& [id, item] : books.generations) {
        const auto* const entry = books.entry(LedgerKind::Capture, id);
        const auto charged = booked(entry, item.text("owner"));
        const bool ready = item.text("state") == to_text(GenerationState::Ready);
        if (ready && charged != -item.number("price")) {
            found.push_back({"I6 a ready picture was charged once", id,
                             "ready, but not charged " + std::to_string(item.number("price"))});
        }
        if (ready != item.has("sha256")) {
            found.push_back({"I6 a ready picture was charged once", id,
                             item.text("state") + (ready ? " without bytes" : " with bytes")});
        }
        if (!ready && entry != nullptr) {
            found.push_back({"I6 a picture that failed was not charged", id,
                             item.text("state") + ", but charged"});
        }
    }
}

}  // namespace

void check_payments(const Books& books, std::vector<Violation>& found) {
    check_orders(books, found);
    check_refunds(books, found);
    check_entries(books, found);
    check_pictures(books, found);
}

}  // namespace imagify::dynamodb
