#include "adapters/sqlite/order_rows.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

Result<ReviewItem> review_by_id(Connection& connection, std::int64_t id) {
    Query query(connection, "SELECT " IMAGIFY_REVIEW_COLUMNS " FROM review_items WHERE id = ?", id);
    if (!query.step()) return fail(ErrorKind::NotFound, "review.not_found");
    return read_review(query);
}

std::unexpected<Error> order_settled() { return fail(ErrorKind::Conflict, "review.order_settled"); }

// The customer keeps the second payment's worth: the order's credits once more.
Result<void> credit_again(Connection& connection, const ReviewItem& item, const Order& order,
                          const OperatorAct& act) {
    const auto after = move_balance(connection, order.user_id, order.credits, {});
    if (!after) return fail(ErrorKind::Internal, "server.internal", "order without account");
    append_ledger(connection, {.user_id = order.user_id,
                               .kind = LedgerKind::Adjust,
                               .ref = "review:" + std::to_string(item.id),
                               .delta = order.credits,
                               .after = *after,
                               .note = act.note,
                               .now = act.now});
    return {};
}

Result<void> approve(Connection& connection, const ReviewItem& item, const Order& order,
                     const OperatorAct& act) {
    if (item.reason == PaymentFailure::PaidTwice) {
        return credit_again(connection, item, order, act);
    }
    if (!can_become_paid(order.status)) return order_settled();
    const auto& number = item.gateway_transaction;
    const bool is_free = !pays_another_order(connection, order.id, number);
    return credit_order(connection, order,
                        {.order_id = order.id,
                         .amount = order.amount,
                         .gateway_transaction = is_free ? number : std::string(),
                         .now = act.now,
                         .evidence = item.evidence});
}

Result<void> reject(Connection& connection, const ReviewItem& item, const Order& order) {
    if (item.reason == PaymentFailure::PaidTwice) return {};
    if (!can_become_paid(order.status)) return order_settled();
    if (order.status == OrderStatus::Review) {
        set_status(connection, order.id, OrderStatus::Failed, order.failure);
    }
    return {};
}

Result<void> apply(Connection& connection, const ReviewItem& item, const Order& order,
                   const ReviewSettlement& settlement) {
    switch (settlement.action) {
        case ReviewAction::Approve: return approve(connection, item, order, settlement.act);
        case ReviewAction::Reject: return reject(connection, item, order);
        case ReviewAction::Dismiss: break;
    }
    // An order that waits for a person's word would wait for ever.
    if (order.status == OrderStatus::Review) {
        return fail(ErrorKind::Conflict, "review.needs_decision");
    }
    return {};
}

Result<SettledReview> settle(Connection& connection, const ReviewSettlement& settlement) {
    const auto item = review_by_id(connection, settlement.id);
    if (!item) return std::unexpected(item.error());
    if (item->settled_at && !MUTANT("review.settled_twice"))
        return fail(ErrorKind::Conflict, "review.settled");
    const auto order = order_by_id(connection, item->order_id);
    if (!order) return std::unexpected(order.error());
    if (auto applied = apply(connection, *item, *order, settlement); !applied) {
        return std::unexpected(applied.error());
    }
    Query(connection,
          "UPDATE review_items SET settled_at = ?, resolution = ?, note = ? WHERE id = ?",
          to_unix_ms(settlement.act.now), to_text(settlement.action), settlement.act.note, item->id)
        .run();
    append_audit(connection, settlement.act, "settle-review", item->order_id.text(),
                 std::string(to_text(settlement.action)) + ": case " + std::to_string(item->id) +
                     ", " + std::string(to_text(item->reason)));
    const auto settled = review_by_id(connection, settlement.id);
    const auto after = order_by_id(connection, item->order_id);
    return SettledReview{.item = *settled, .order = *after};
}

}  // namespace

Task<Result<Page<ReviewItem>>> SqliteStore::list_reviews(bool only_open, PageRequest page) {
    const auto before = row_cursor(page.cursor);
    if (!before) co_return std::unexpected(before.error());
    co_return state_->read([&](Connection& connection) -> Result<Page<ReviewItem>> {
        Query query(connection,
                    "SELECT " IMAGIFY_REVIEW_COLUMNS
                    " FROM review_items WHERE id < ?1 AND (?2 = 0 OR settled_at IS NULL)"
                    " ORDER BY id DESC LIMIT ?3",
                    *before, static_cast<std::int64_t>(only_open),
                    static_cast<std::int64_t>(page.limit + 1));
        std::vector<ReviewItem> items;
        while (query.step()) items.push_back(read_review(query));
        return cut_page(std::move(items), page.limit,
                        [](const ReviewItem& item) { return std::to_string(item.id); });
    });
}

Task<Result<std::vector<ReviewItem>>> SqliteStore::reviews_of(OrderId order) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<ReviewItem>> {
        Query query(connection,
                    "SELECT " IMAGIFY_REVIEW_COLUMNS
                    " FROM review_items WHERE order_id = ? ORDER BY id",
                    order.text());
        std::vector<ReviewItem> items;
        while (query.step()) items.push_back(read_review(query));
        return items;
    });
}

Task<Result<SettledReview>> SqliteStore::settle_review(ReviewSettlement settlement) {
    co_return co_await state_->write<SettledReview>(
        [&settlement](Connection& connection) { return settle(connection, settlement); });
}

}  // namespace imagify::sqlite
