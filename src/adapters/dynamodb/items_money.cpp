#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {
namespace {

Credits delta_of(const Posting& posting) { return posting.credits + posting.held; }

}  // namespace

std::optional<Balance> after_posting(const Item& account, const Posting& posting) {
    const auto before = read_balance(account);
    const Balance after{.credits = before.credits + posting.credits,
                        .held = before.held + posting.held};
    if (after.credits < Credits{0} || after.held < Credits{0}) return std::nullopt;
    return after;
}

Item ledger_item(const Item& account, const Posting& posting) {
    const auto before = read_balance(account);
    const auto seq = account.number("ledgerSeq") + 1;
    const auto key = ledger_key(posting.kind, posting.ref);
    Item item{{"transactionId", key},
              {"owner", posting.user_id.text()},
              {"kind", std::string(to_text(posting.kind))},
              {"ref", posting.ref},
              {"delta", delta_of(posting).count},
              {"balanceAfter", (before.credits + before.held + delta_of(posting)).count},
              {"seq", seq},
              {"note", posting.note},
              {"createdAt", sort_text(posting.now, key)}};
    set_list(item, ledger_list(posting.user_id), sort_number(seq));
    return item;
}

void post_to(Update& account, const Posting& posting) {
    if (posting.credits != Credits{0}) account.add("credits", posting.credits.count);
    if (posting.held != Credits{0}) account.add("held", posting.held.count);
    account.add("ledgerSeq", 1);
}

Condition can_post(const Item& account, const Posting& posting) {
    auto condition = equals("ledgerSeq", account.number("ledgerSeq"));
    if (posting.credits < Credits{0}) {
        condition = all_of({condition, at_least("credits", -posting.credits.count)});
    }
    if (posting.held < Credits{0}) {
        condition = all_of({condition, at_least("held", -posting.held.count)});
    }
    return condition;
}

LedgerEntry read_entry(const Item& item) {
    return {.id = item.number("seq"),
            .user_id = UserId(item.text("owner")),
            .kind = parse_ledger_kind(item.text("kind")),
            .ref = item.text("ref"),
            .delta = {item.number("delta")},
            .balance_after = {item.number("balanceAfter")},
            .note = item.text("note"),
            .created_at = time_of(item.text("createdAt"))};
}

Item order_item(const Order& order) {
    Item item{{"transactionId", order.id.text()},
              {"userId", order.user_id.text()},
              {"createdAt", sort_text(order.created_at, order.id.text())},
              {"planId", order.plan_id},
              {"credits", order.credits.count},
              {"amountVnd", order.amount.amount},
              {"status", std::string(to_text(order.status))},
              {"failure", std::string(to_text(order.failure))},
              {"expiresAt", to_unix_ms(order.expires_at)},
              {"gatewayTransaction", order.gateway_transaction},
              {"bankCode", order.bank_code},
              {"clientAddress", order.client_address},
              {"requestedBank", order.requested_bank},
              {"gatewayLocale", order.gateway_locale},
              {"checks", std::int64_t{0}}};
    if (order.paid_at) item.set("paidAt", *order.paid_at);
    set_list(item, kOrderList, order.id.text());
    return item;
}

Order read_order(const Item& item) {
    return {.id = OrderId(item.text("transactionId")),
            .user_id = UserId(item.text("userId")),
            .plan_id = item.text("planId"),
            .credits = {item.number("credits")},
            .amount = {item.number("amountVnd")},
            .status = parse_order_status(item.text("status")).value_or(OrderStatus::Review),
            .failure = parse_payment_failure(item.text("failure")),
            .created_at = time_of(item.text("createdAt")),
            .expires_at = item.time("expiresAt"),
            .paid_at = item.maybe_time("paidAt"),
            .gateway_transaction = item.text("gatewayTransaction"),
            .bank_code = item.text("bankCode"),
            .client_address = item.text("clientAddress"),
            .requested_bank = item.text("requestedBank"),
            .gateway_locale = item.text("gatewayLocale")};
}

Item refund_item(const Refund& refund) {
    Item item{{"transactionId", refund_key(refund.id)},
              {"refundId", refund.id.text()},
              {"orderId", refund.order_id.text()},
              {"owner", refund.user_id.text()},
              {"credits", refund.credits.count},
              {"amountVnd", refund.amount.amount},
              {"state", std::string(to_text(refund.state))},
              {"reason", refund.reason},
              {"actor", refund.actor},
              {"createdAt", sort_text(refund.created_at, refund.id.text())},
              {"checks", std::int64_t{0}}};
    if (refund.closed_at) item.set("closedAt", *refund.closed_at);
    set_list(item, kRefundList, refund.id.text());
    return item;
}

Refund read_refund(const Item& item) {
    return {.id = RefundId(item.text("refundId")),
            .order_id = OrderId(item.text("orderId")),
            .user_id = UserId(item.text("owner")),
            .credits = {item.number("credits")},
            .amount = {item.number("amountVnd")},
            .state = parse_refund_state(item.text("state")).value_or(RefundState::Open),
            .reason = item.text("reason"),
            .actor = item.text("actor"),
            .created_at = time_of(item.text("createdAt")),
            .closed_at = item.maybe_time("closedAt")};
}

Item notice_item(const OrderId& order, const NoticeRecord& notice, const std::string& unique) {
    Item item{{"transactionId", "N#" + order.text() + '#' + unique},
              {"orderId", order.text()},
              {"verdict", notice.verdict},
              {"evidence", notice.evidence},
              {"createdAt", sort_text(notice.created_at, unique)}};
    set_list(item, notice_list(order), item.text("createdAt"));
    return item;
}

NoticeRecord read_notice(const Item& item) {
    return {.verdict = item.text("verdict"),
            .evidence = item.text("evidence"),
            .created_at = time_of(item.text("createdAt"))};
}

Item audit_item(std::int64_t id, const OperatorAct& act, std::string_view action,
                const std::string& subject, const std::string& detail) {
    Item item{{"transactionId", audit_key(id)},
              {"auditId", id},
              {"actor", act.actor},
              {"action", std::string(action)},
              {"subject", subject},
              {"detail", detail},
              {"note", act.note},
              {"createdAt", sort_text(act.now, std::to_string(id))}};
    set_list(item, kAuditList, sort_number(id));
    return item;
}

AuditEntry read_audit(const Item& item) {
    return {.id = item.number("auditId"),
            .actor = item.text("actor"),
            .action = item.text("action"),
            .subject = item.text("subject"),
            .detail = item.text("detail"),
            .note = item.text("note"),
            .created_at = time_of(item.text("createdAt"))};
}

Item review_item(const ReviewItem& review) {
    Item item{{"reviewId", review.id},
              {"orderId", review.order_id.text()},
              {"reason", std::string(to_text(review.reason))},
              {"evidence", review.evidence},
              {"gatewayTransaction", review.gateway_transaction},
              {"createdAt", sort_text(review.created_at, std::to_string(review.id))},
              {"note", review.note}};
    if (review.settled_at) item.set("settledAt", *review.settled_at);
    if (review.resolution) item.set("resolution", std::string(to_text(*review.resolution)));
    set_list(item, kReviewList, sort_number(review.id));
    return item;
}

ReviewItem read_review(const Item& item) {
    return {.id = item.number("reviewId"),
            .order_id = OrderId(item.text("orderId")),
            .reason = parse_payment_failure(item.text("reason")),
            .evidence = item.text("evidence"),
            .gateway_transaction = item.text("gatewayTransaction"),
            .created_at = time_of(item.text("createdAt")),
            .settled_at = item.maybe_time("settledAt"),
            .resolution = parse_review_action(item.text("resolution")),
            .note = item.text("note")};
}

}  // namespace imagify::dynamodb
