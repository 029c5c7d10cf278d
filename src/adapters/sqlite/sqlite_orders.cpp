#include <variant>

#include "adapters/sqlite/store_state.hpp"

namespace imagify::sqlite {
namespace {

#define IMAGIFY_ORDER_COLUMNS                                                               \
    "order_id, user_id, plan_id, credits, amount_vnd, status, failure, created_at,"         \
    " expires_at, paid_at, gateway_transaction, bank_code, client_address, requested_bank," \
    " gateway_locale"

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

Result<Order> insert_order(Connection& connection, const NewOrder& request) {
    const auto& order = request.order;
    if (request.key) {
        const auto seen = find_key(connection, order.user_id, *request.key, order.created_at);
        if (!seen) return std::unexpected(seen.error());
        if (*seen) return order_by_id(connection, OrderId(**seen));
    }
    Query(connection,
          "INSERT INTO orders (" IMAGIFY_ORDER_COLUMNS
          ", next_check_at, checks)"
          " VALUES (?, ?, ?, ?, ?, 'pending', '', ?, ?, NULL, '', '', ?, ?, ?, ?, 0)",
          order.id.text(), order.user_id.text(), order.plan_id, order.credits.count,
          order.amount.amount, to_unix_ms(order.created_at), to_unix_ms(order.expires_at),
          order.client_address, order.requested_bank, order.gateway_locale,
          to_unix_ms(request.first_check_at))
        .run();
    if (request.key) {
        keep_key(connection, order.user_id, *request.key, order.id.text(), order.created_at);
    }
    return order_by_id(connection, order.id);
}

void note_evidence(Connection& connection, const OrderId& id, std::string_view verdict,
                   const std::string& evidence, TimePoint now) {
    Query(connection,
          "INSERT INTO payment_notices (order_id, verdict, evidence, created_at)"
          " VALUES (?, ?, ?, ?)",
          id.text(), verdict, evidence, to_unix_ms(now))
        .run();
}

// What happened is put before a person once, however often the gateway repeats it.
void ask_for_review(Connection& connection, const OrderId& id, PaymentFailure reason,
                    const std::string& evidence, TimePoint now) {
    Query(connection,
          "INSERT OR IGNORE INTO review_items (order_id, reason, evidence, created_at, note)"
          " VALUES (?, ?, ?, ?, '')",
          id.text(), to_text(reason), evidence, to_unix_ms(now))
        .run();
}

void set_status(Connection& connection, const OrderId& id, OrderStatus status,
                PaymentFailure failure) {
    Query(connection,
          "UPDATE orders SET status = ?2, failure = ?3,"
          " next_check_at = iif(?2 = 'pending', next_check_at, NULL)"
          " WHERE order_id = ?1 AND status <> 'paid'",
          id.text(), to_text(status), to_text(failure))
        .run();
}

// The refusal of a proof. It is kept (the order went to review), so it travels as a value.
struct Refused {
    Error error;
};
using SettleOutcome = std::variant<Settlement, Refused>;

SettleOutcome refuse(Connection& connection, const Order& order, const PaymentProof& proof,
                     PaymentFailure reason, std::string code) {
    if (order.status != OrderStatus::Paid) {
        set_status(connection, order.id, OrderStatus::Review, reason);
        ask_for_review(connection, order.id, reason, proof.evidence, proof.now);
    }
    return Refused{Error{.kind = ErrorKind::Conflict, .code = std::move(code)}};
}

bool pays_another_order(Connection& connection, const PaymentProof& proof) {
    if (proof.gateway_transaction.empty()) return false;
    Query query(connection, "SELECT 1 FROM orders WHERE gateway_transaction = ? AND order_id <> ?",
                proof.gateway_transaction, proof.order_id.text());
    return query.step();
}

Result<SettleOutcome> credit(Connection& connection, const Order& order,
                             const PaymentProof& proof) {
    Query(connection,
          "UPDATE orders SET status = 'paid', failure = '', paid_at = ?, gateway_transaction = ?,"
          " bank_code = ?, next_check_at = NULL WHERE order_id = ? AND status <> 'paid'",
          to_unix_ms(proof.now), proof.gateway_transaction, proof.bank_code, order.id.text())
        .run();
    assert(connection.changes() == 1);
    const auto after = move_balance(connection, order.user_id, order.credits, {});
    if (!after) return fail(ErrorKind::Internal, "server.internal", "order without account");
    append_ledger(connection, {.user_id = order.user_id,
                               .kind = LedgerKind::Purchase,
                               .ref = order.id.text(),
                               .delta = order.credits,
                               .after = *after,
                               .note = order.plan_id,
                               .now = proof.now});
    note_evidence(connection, order.id, "paid", proof.evidence, proof.now);
    return SettleOutcome(Settlement::Credited);
}

Result<SettleOutcome> settle(Connection& connection, const PaymentProof& proof) {
    const auto order = order_by_id(connection, proof.order_id);
    if (!order) return std::unexpected(order.error());
    // The amount comes before the status, as VNPAY's acceptance test expects.
    if (order->amount != proof.amount) {
        return refuse(connection, *order, proof, PaymentFailure::AmountMismatch,
                      "order.amount_mismatch");
    }
    if (!can_become_paid(order->status)) {
        if (order->gateway_transaction != proof.gateway_transaction) {
            ask_for_review(connection, order->id, PaymentFailure::PaidTwice, proof.evidence,
                           proof.now);
        }
        return SettleOutcome(Settlement::AlreadySettled);
    }
    if (pays_another_order(connection, proof)) {
        return refuse(connection, *order, proof, PaymentFailure::Other, "order.transaction_reused");
    }
    return credit(connection, *order, proof);
}

// Which unpaid orders a mark may change; see OrderStore::mark_order.
bool may_mark(const Order& order, OrderStatus to) {
    switch (order.status) {
        case OrderStatus::Paid: return false;
        case OrderStatus::Pending: return to != OrderStatus::Pending;
        case OrderStatus::Failed: return to == OrderStatus::Review;
        case OrderStatus::Expired: return to == OrderStatus::Failed || to == OrderStatus::Review;
        case OrderStatus::Review:
            return to == OrderStatus::Failed && order.failure != PaymentFailure::SuspectedFraud;
    }
    std::unreachable();
}

using MarkOutcome = std::variant<Marking, Refused>;

Result<MarkOutcome> mark_unpaid(Connection& connection, const OrderMark& mark) {
    const auto order = order_by_id(connection, mark.order_id);
    if (!order) return std::unexpected(order.error());
    if (mark.amount && *mark.amount != order->amount) {
        if (order->status != OrderStatus::Paid) {
            ask_for_review(connection, order->id, PaymentFailure::AmountMismatch, mark.evidence,
                           mark.now);
        }
        return MarkOutcome(
            Refused{Error{.kind = ErrorKind::Conflict, .code = "order.amount_mismatch"}});
    }
    if (!may_mark(*order, mark.status)) return MarkOutcome(Marking::AlreadySettled);
    set_status(connection, order->id, mark.status, mark.failure);
    if (mark.status == OrderStatus::Review) {
        ask_for_review(connection, order->id, mark.failure, mark.evidence, mark.now);
    }
    note_evidence(connection, order->id, to_text(mark.status), mark.evidence, mark.now);
    return MarkOutcome(Marking::Changed);
}

template <class Value, class Outcome>
Result<Value> unwrap(Result<Outcome> outcome) {
    if (!outcome) return std::unexpected(std::move(outcome.error()));
    if (auto* refused = std::get_if<Refused>(&*outcome)) {
        return std::unexpected(std::move(refused->error));
    }
    return std::get<Value>(*outcome);
}

}  // namespace

Task<Result<Order>> SqliteStore::create_order(NewOrder order) {
    co_return co_await state_->write<Order>(
        [&order](Connection& connection) { return insert_order(connection, order); });
}

Task<Result<Order>> SqliteStore::find_order(OrderId id) {
    co_return state_->read([&id](Connection& connection) { return order_by_id(connection, id); });
}

Task<Result<Order>> SqliteStore::find_order_of(UserId owner, OrderId id) {
    auto order = co_await find_order(std::move(id));
    if (order && order->user_id != owner) co_return fail(ErrorKind::NotFound, "order.not_found");
    co_return order;
}

Task<Result<Settlement>> SqliteStore::settle_order(PaymentProof proof) {
    co_return unwrap<Settlement>(co_await state_->write<SettleOutcome>(
        [&proof](Connection& connection) { return settle(connection, proof); }));
}

Task<Result<Marking>> SqliteStore::mark_order(OrderMark mark) {
    co_return unwrap<Marking>(co_await state_->write<MarkOutcome>(
        [&mark](Connection& connection) { return mark_unpaid(connection, mark); }));
}

Task<Result<Page<Order>>> SqliteStore::list_orders(UserId owner, PageRequest page) {
    // Ids are ULIDs: descending ids are newest first, and '~' sorts after every id.
    const std::string before = page.cursor.empty() ? "~" : page.cursor;
    co_return state_->read([&](Connection& connection) -> Result<Page<Order>> {
        Query query(connection,
                    "SELECT " IMAGIFY_ORDER_COLUMNS
                    " FROM orders WHERE user_id = ? AND order_id < ?"
                    " ORDER BY order_id DESC LIMIT ?",
                    owner.text(), before, static_cast<std::int64_t>(page.limit + 1));
        std::vector<Order> orders;
        while (query.step()) orders.push_back(read_order(query));
        return cut_page(std::move(orders), page.limit,
                        [](const Order& order) { return order.id.text(); });
    });
}

Task<Result<std::vector<DueOrder>>> SqliteStore::due_orders(TimePoint now, std::size_t limit) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<DueOrder>> {
        Query query(connection,
                    "SELECT " IMAGIFY_ORDER_COLUMNS
                    ", checks FROM orders WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ?",
                    to_unix_ms(now), static_cast<std::int64_t>(limit));
        std::vector<DueOrder> due;
        while (query.step()) {
            due.push_back(
                {.order = read_order(query), .checks = static_cast<int>(query.integer(15))});
        }
        return due;
    });
}

Task<Result<void>> SqliteStore::schedule_check(OrderId id, std::optional<TimePoint> next) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        std::optional<std::int64_t> next_ms;
        if (next) next_ms = to_unix_ms(*next);
        Query(connection,
              "UPDATE orders SET checks = checks + 1, next_check_at = ?2"
              " WHERE order_id = ?1 AND next_check_at IS NOT NULL",
              id.text(), next_ms)
            .run();
        return {};
    });
}

}  // namespace imagify::sqlite
