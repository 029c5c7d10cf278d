#include "adapters/dynamodb/order_draft.hpp"
#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {
namespace {

std::unexpected<Error> order_settled() { return fail(ErrorKind::Conflict, "review.order_settled"); }

Task<Result<void>> approve(OrderDraft& draft, const ReviewItem& item, const OperatorAct& act) {
    const auto order = draft.order();
    const auto& number = item.gateway_transaction;
    if (item.reason == PaymentFailure::PaidTwice) {
        if (auto claimed = co_await draft.claim(number); !claimed) co_return claimed;
        // The customer keeps the second payment's worth: the order's credits once more.
        co_return co_await draft.post({.user_id = order.user_id,
                                       .kind = LedgerKind::Adjust,
                                       .ref = "review:" + std::to_string(item.id),
                                       .credits = order.credits,
                                       .note = act.note,
                                       .now = act.now});
    }
    if (!can_become_paid(order.status)) co_return order_settled();
    const auto taken = co_await draft.pays_another_order(number);
    if (!taken) co_return std::unexpected(taken.error());
    co_return co_await draft.credit({.order_id = order.id,
                                     .amount = order.amount,
                                     .gateway_transaction = *taken ? std::string() : number,
                                     .now = act.now,
                                     .evidence = item.evidence});
}

Result<void> reject(OrderDraft& draft, const ReviewItem& item) {
    if (item.reason == PaymentFailure::PaidTwice) return {};
    const auto& order = draft.order();
    if (!can_become_paid(order.status)) return order_settled();
    if (order.status == OrderStatus::Review) draft.set_status(OrderStatus::Failed, order.failure);
    return {};
}

Task<Result<void>> apply(OrderDraft& draft, const ReviewItem& item,
                         const ReviewSettlement& settlement) {
    switch (settlement.action) {
        case ReviewAction::Approve: co_return co_await approve(draft, item, settlement.act);
        case ReviewAction::Reject: co_return reject(draft, item);
        case ReviewAction::Dismiss: break;
    }
    // An order that waits for a person's word would wait for ever.
    if (draft.order().status == OrderStatus::Review) {
        co_return fail(ErrorKind::Conflict, "review.needs_decision");
    }
    co_return Result<void>{};
}

}  // namespace

Task<Result<Page<ReviewItem>>> DynamoStore::list_reviews(bool only_open, PageRequest page) {
    const auto before = row_cursor(page.cursor);
    if (!before) co_return std::unexpected(before.error());
    auto items = co_await state_->list(
        state_->tables.transactions, kReviewList, *before ? sort_number(**before) : "",
        only_open ? absent("settledAt") : Condition{}, page.limit + 1);
    if (!items) co_return std::unexpected(items.error());
    std::vector<ReviewItem> reviews;
    for (const auto& item : *items) reviews.push_back(read_review(item));
    co_return cut_page(std::move(reviews), page.limit,
                       [](const ReviewItem& item) { return std::to_string(item.id); });
}

Task<Result<std::vector<ReviewItem>>> DynamoStore::reviews_of(OrderId order) {
    Draft draft(state_->client);
    OrderDraft read({.draft = draft, .tables = state_->tables, .next_row = [this] {
                         return state_->next_row();
                     }});
    auto opened = co_await read.open(std::move(order));
    if (!opened && opened.error().kind == ErrorKind::NotFound) {
        co_return std::vector<ReviewItem>{};
    }
    if (!opened) co_return std::unexpected(opened.error());
    co_return read.cases();
}

Task<Result<SettledReview>> DynamoStore::settle_review(ReviewSettlement settlement) {
    co_return co_await state_->write<SettledReview>(
        [&](Draft& draft) -> Task<Result<SettledReview>> {
            const auto& tables = state_->tables;
            const auto found = co_await draft.peek(tables.transactions, case_key(settlement.id));
            if (!found) co_return std::unexpected(found.error());
            if (!*found) co_return fail(ErrorKind::NotFound, "review.not_found");
            auto item = read_review(**found);
            if (item.settled_at) co_return fail(ErrorKind::Conflict, "review.settled");
            OrderDraft order({.draft = draft, .tables = tables, .next_row = [this] {
                                  return state_->next_row();
                              }});
            if (auto opened = co_await order.open(item.order_id); !opened) {
                co_return std::unexpected(opened.error());
            }
            if (auto applied = co_await apply(order, item, settlement); !applied) {
                co_return std::unexpected(applied.error());
            }
            item.settled_at = settlement.act.now;
            item.resolution = settlement.action;
            item.note = settlement.act.note;
            order.settle_case(item);
            order.finish();
            state_->append_audit(draft, settlement.act, "settle-review", item.order_id.text(),
                                 std::string(to_text(settlement.action)) + ": case " +
                                     std::to_string(item.id) + ", " +
                                     std::string(to_text(item.reason)));
            co_return SettledReview{.item = item, .order = order.order()};
        });
}

}  // namespace imagify::dynamodb
