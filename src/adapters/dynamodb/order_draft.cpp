#include "adapters/dynamodb/order_draft.hpp"

#include <algorithm>
#include <cassert>

#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

// An account with such an order cannot be deleted: credits or money may still come or go.
bool keeps_account(OrderStatus status) {
    return status == OrderStatus::Pending || status == OrderStatus::Review ||
           status == OrderStatus::Refunding;
}

}  // namespace

std::string case_key(std::int64_t id) { return "C#" + std::to_string(id); }

Task<Result<void>> OrderDraft::open(OrderId id) {
    auto item = co_await parts_.draft.read(parts_.tables.transactions, id.text());
    if (!item) co_return std::unexpected(item.error());
    // Other kinds of items share the table; their keys are no order's.
    if (!*item || !(*item)->has("planId")) co_return fail(ErrorKind::NotFound, "order.not_found");
    order_ = read_order(**item);
    account_ = AccountChange(order_.user_id);
    case_keys_ = (*item)->list("cases");
    for (const auto& key : case_keys_) {
        // Cases are changed only together with their order, whose version stands for theirs.
        const auto found = co_await parts_.draft.peek(parts_.tables.transactions, key);
        if (!found) co_return std::unexpected(found.error());
        if (*found) cases_.push_back(read_review(**found));
    }
    co_return Result<void>{};
}

Update& OrderDraft::update() {
    return parts_.draft.update(parts_.tables.transactions, order_.id.text());
}

void OrderDraft::keep_open_orders(OrderStatus before) {
    const auto& id = order_.id.text();
    if (keeps_account(order_.status)) {
        account_.update().put_into("openOrders", id);
    } else if (keeps_account(before)) {
        account_.update().take_from("openOrders", id);
    }
}

void OrderDraft::set_status(OrderStatus status, PaymentFailure failure) {
    if (was_paid(order_.status)) return;
    const auto before = order_.status;
    order_.status = status;
    order_.failure = failure;
    update()
        .set("status", std::string(to_text(status)))
        .set("failure", std::string(to_text(failure)));
    parts_.draft.require(parts_.tables.transactions, order_.id.text(), absent("paidAt"));
    if (before != status) keep_open_orders(before);
}

void OrderDraft::set_paid_status(OrderStatus status) {
    assert(was_paid(order_.status) && was_paid(status));
    const auto before = order_.status;
    order_.status = status;
    update().set("status", std::string(to_text(status)));
    parts_.draft.require(parts_.tables.transactions, order_.id.text(),
                         equals("status", std::string(to_text(before))));
    keep_open_orders(before);
}

void OrderDraft::set_payment(const PaymentProof& proof) {
    order_.gateway_transaction = proof.gateway_transaction;
    order_.bank_code = proof.bank_code;
    update().set("gatewayTransaction", proof.gateway_transaction).set("bankCode", proof.bank_code);
}

void OrderDraft::set_refund(const RefundId& refund) { update().set("refundId", refund.text()); }

Task<Result<void>> OrderDraft::credit(PaymentProof proof) {
    const auto before = order_.status;
    order_.status = OrderStatus::Paid;
    order_.failure = PaymentFailure::None;
    order_.paid_at = proof.now;
    set_payment(proof);
    update()
        .set("status", std::string(to_text(OrderStatus::Paid)))
        .remove("failure")
        .set("paidAt", proof.now);
    clear_due(update());
    parts_.draft.require(parts_.tables.transactions, order_.id.text(),
                         all_of({absent("paidAt"), equals("amountVnd", order_.amount.amount)}));
    keep_open_orders(before);
    account_.update().set("activeAt", proof.now);
    if (auto claimed = co_await claim(proof.gateway_transaction); !claimed) co_return claimed;
    note_evidence("paid", proof.evidence, proof.now);
    co_return co_await post({.user_id = order_.user_id,
                             .kind = LedgerKind::Purchase,
                             .ref = order_.id.text(),
                             .credits = order_.credits,
                             .note = order_.plan_id,
                             .now = proof.now});
}

Task<Result<void>> OrderDraft::post(Posting posting) {
    const auto item = co_await parts_.draft.peek(parts_.tables.users, posting.user_id.text());
    if (!item) co_return std::unexpected(item.error());
    if (!*item) {
        co_return fail(ErrorKind::Internal, "server.internal", "order without account");
    }
    account_.post(parts_.draft, parts_.tables, **item, posting);
    co_return Result<void>{};
}

Task<Result<bool>> OrderDraft::pays_another_order(std::string number) {
    if (number.empty() || MUTANT("dynamodb.number_unguarded")) co_return false;
    const auto taken = co_await parts_.draft.read(parts_.tables.transactions, payment_key(number));
    if (!taken) co_return std::unexpected(taken.error());
    co_return *taken && (*taken)->text("orderId") != order_.id.text();
}

Task<Result<void>> OrderDraft::claim(std::string number) {
    if (number.empty() || MUTANT("dynamodb.number_unguarded")) co_return Result<void>{};
    const auto taken = co_await parts_.draft.read(parts_.tables.transactions, payment_key(number));
    if (!taken) co_return std::unexpected(taken.error());
    if (!*taken) {
        parts_.draft.create(parts_.tables.transactions, {{"transactionId", payment_key(number)},
                                                         {"orderId", order_.id.text()}});
    }
    co_return Result<void>{};
}

void OrderDraft::note_evidence(std::string_view verdict, const std::string& evidence,
                               TimePoint now) {
    const NoticeRecord notice{
        .verdict = std::string(verdict), .evidence = evidence, .created_at = now};
    parts_.draft.create(parts_.tables.transactions,
                        notice_item(order_.id, notice, sort_number(parts_.next_row())));
}

const ReviewItem* OrderDraft::case_of(const Doubt& doubt) const {
    const auto found = std::ranges::find_if(cases_, [&](const ReviewItem& item) {
        const bool same_payment = !doubt.gateway_transaction.empty() &&
                                  item.gateway_transaction == doubt.gateway_transaction;
        return item.reason == doubt.reason && (item.evidence == doubt.evidence || same_payment);
    });
    return found == cases_.end() ? nullptr : &*found;
}

void OrderDraft::ask_for_review(const Doubt& doubt) {
    if (case_of(doubt) != nullptr) return;
    const ReviewItem opened{.id = parts_.next_row(),
                            .order_id = order_.id,
                            .reason = doubt.reason,
                            .evidence = doubt.evidence,
                            .gateway_transaction = doubt.gateway_transaction,
                            .created_at = doubt.now};
    cases_.push_back(opened);
    case_keys_.push_back(case_key(opened.id));
    update().set("cases", case_keys_);
    auto item = review_item(opened);
    item.set("transactionId", case_key(opened.id));
    parts_.draft.create(parts_.tables.transactions, std::move(item));
}

bool OrderDraft::was_judged(const Doubt& doubt) const {
    const auto* const known = case_of(doubt);
    return known != nullptr && known->settled_at.has_value();
}

void OrderDraft::settle_case(const ReviewItem& settled) {
    const auto known = std::ranges::find(cases_, settled.id, &ReviewItem::id);
    assert(known != cases_.end());
    *known = settled;
    // The order changes too, so that its version tells who reads the case that it was settled.
    update().set("cases", case_keys_);
    auto item = review_item(settled);
    item.set("transactionId", case_key(settled.id));
    parts_.draft.add(put(parts_.tables.transactions, std::move(item), absent("settledAt")));
}

void OrderDraft::finish() { account_.add_to(parts_.draft, parts_.tables); }

}  // namespace imagify::dynamodb
