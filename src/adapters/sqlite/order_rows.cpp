#include "adapters/sqlite/order_rows.hpp"

#include <charconv>

#include "base/mutant.hpp"

namespace imagify::sqlite {

Order read_order(const Query& query) {
    Order order{.id = OrderId(query.text(0)),
                .user_id = UserId(query.text(1)),
                .plan_id = query.text(2),
                .credits = {query.integer(3)},
                .amount = {query.integer(4)},
                .status = parse_order_status(query.text(5)).value_or(OrderStatus::Review),
                .failure = parse_payment_failure(query.text(6)),
                .created_at = from_unix_ms(query.integer(7)),
                .expires_at = from_unix_ms(query.integer(8))};
    if (!query.is_null(9)) order.paid_at = from_unix_ms(query.integer(9));
    order.gateway_transaction = query.text(10);
    order.bank_code = query.text(11);
    order.client_address = query.text(12);
    order.requested_bank = query.text(13);
    order.gateway_locale = query.text(14);
    return order;
}

Result<Order> order_by_id(Connection& connection, const OrderId& id) {
    Query query(connection, "SELECT " IMAGIFY_ORDER_COLUMNS " FROM orders WHERE order_id = ?",
                id.text());
    if (!query.step()) return fail(ErrorKind::NotFound, "order.not_found");
    return read_order(query);
}

void set_status(Connection& connection, const OrderId& id, OrderStatus status,
                PaymentFailure failure) {
    Query(connection,
          "UPDATE orders SET status = ?2, failure = ?3 WHERE order_id = ?1 AND paid_at IS NULL",
          id.text(), to_text(status), to_text(failure))
        .run();
}

void set_paid_status(Connection& connection, const OrderId& id, OrderStatus status) {
    Query(connection, "UPDATE orders SET status = ?2 WHERE order_id = ?1 AND paid_at IS NOT NULL",
          id.text(), to_text(status))
        .run();
    assert(connection.changes() == 1);
}

Result<void> credit_order(Connection& connection, const Order& order, const PaymentProof& proof) {
    Query(connection,
          "UPDATE orders SET status = 'paid', failure = '', paid_at = ?, gateway_transaction = ?,"
          " bank_code = ?, next_check_at = NULL WHERE order_id = ? AND paid_at IS NULL",
          to_unix_ms(proof.now), proof.gateway_transaction, proof.bank_code, order.id.text())
        .run();
    assert(connection.changes() == 1);
    const auto added =
        MUTANT("settle.credits_twice") ? order.credits + order.credits : order.credits;
    const auto after = move_balance(connection, order.user_id, added, {});
    if (!after) return fail(ErrorKind::Internal, "server.internal", "order without account");
    append_ledger(connection, {.user_id = order.user_id,
                               .kind = LedgerKind::Purchase,
                               .ref = order.id.text(),
                               .delta = order.credits,
                               .after = *after,
                               .note = order.plan_id,
                               .now = proof.now});
    note_evidence(connection, order.id, "paid", proof.evidence, proof.now);
    return {};
}

void note_evidence(Connection& connection, const OrderId& id, std::string_view verdict,
                   const std::string& evidence, TimePoint now) {
    Query(connection,
          "INSERT INTO payment_notices (order_id, verdict, evidence, created_at)"
          " VALUES (?, ?, ?, ?)",
          id.text(), verdict, evidence, to_unix_ms(now))
        .run();
}

void ask_for_review(Connection& connection, const OrderId& id, const Doubt& doubt) {
    Query(connection,
          "INSERT OR IGNORE INTO review_items (order_id, reason, evidence, created_at, note,"
          " gateway_transaction) VALUES (?, ?, ?, ?, '', ?)",
          id.text(), to_text(doubt.reason), doubt.evidence, to_unix_ms(doubt.now),
          doubt.gateway_transaction)
        .run();
}

bool pays_another_order(Connection& connection, const OrderId& id, const std::string& number) {
    if (number.empty()) return false;
    Query query(connection,
                "SELECT 1 FROM orders WHERE gateway_transaction = ?1 AND order_id <> ?2"
                " UNION ALL SELECT 1 FROM review_items WHERE gateway_transaction = ?1"
                " AND resolution = 'approve' AND order_id <> ?2",
                number, id.text());
    return query.step();
}

bool was_judged(Connection& connection, const OrderId& id, const Doubt& doubt) {
    Query query(connection,
                "SELECT 1 FROM review_items WHERE order_id = ?1 AND reason = ?2 AND"
                " (evidence = ?3 OR (gateway_transaction <> '' AND gateway_transaction = ?4))"
                " AND settled_at IS NOT NULL",
                id.text(), to_text(doubt.reason), doubt.evidence, doubt.gateway_transaction);
    return query.step() && !MUTANT("review.judged_again");
}

void append_audit(Connection& connection, const OperatorAct& act, std::string_view action,
                  const std::string& subject, const std::string& detail) {
    Query(connection,
          "INSERT INTO audit_log (actor, action, subject, detail, note, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          act.actor, action, subject, detail, act.note, to_unix_ms(act.now))
        .run();
}

ReviewItem read_review(const Query& query) {
    ReviewItem item{.id = query.integer(0),
                    .order_id = OrderId(query.text(1)),
                    .reason = parse_payment_failure(query.text(2)),
                    .evidence = query.text(3),
                    .created_at = from_unix_ms(query.integer(4))};
    if (!query.is_null(5)) item.settled_at = from_unix_ms(query.integer(5));
    item.resolution = parse_review_action(query.text(6));
    item.note = query.text(7);
    item.gateway_transaction = query.text(8);
    return item;
}

Result<std::int64_t> row_cursor(const std::string& cursor) {
    if (cursor.empty()) return std::numeric_limits<std::int64_t>::max();
    std::int64_t id = 0;
    const auto* const end = cursor.data() + cursor.size();
    const auto [rest, error] = std::from_chars(cursor.data(), end, id);
    if (error == std::errc{} && rest == end) return id;
    return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                 .code = "validation.failed",
                                 .fields = {{"cursor", "invalid"}}});
}

}  // namespace imagify::sqlite
