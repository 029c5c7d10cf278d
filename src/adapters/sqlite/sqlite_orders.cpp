#include <variant>

#include "adapters/sqlite/order_rows.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

Result<Order> insert_order(Connection& connection, const NewOrder& request) {
    const auto& order = request.order;
    if (request.key) {
        const auto seen = find_key(connection, order.user_id, *request.key, order.created_at);
        if (!seen) return std::unexpected(seen.error());
        if (*seen) return order_by_id(connection, OrderId(**seen));
    }
    if (is_gone(connection, order.user_id)) {
        return fail(ErrorKind::NotFound, "account.not_found");
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
    if (request.key && !MUTANT("key.kept_apart")) {
        keep_key(connection, order.user_id, *request.key, order.id.text(), order.created_at);
    }
    return order_by_id(connection, order.id);
}

// The refusal of a proof. It is kept (the order went to review), so it travels as a value.
struct Refused {
    Error error;
};
using SettleOutcome = std::variant<Settlement, Refused>;

SettleOutcome refuse(Connection& connection, const Order& order, const PaymentProof& proof,
                     PaymentFailure reason, std::string code) {
    if (!was_paid(order.status)) {
        // A suspicion of fraud outlives any odd message: it keeps the order from failing.
        const auto doubt = doubt_of(proof, reason);
        const bool judged = was_judged(connection, order.id, doubt);
        if (!judged && (!is_suspected(order) || MUTANT("refuse.forgets_fraud"))) {
            set_status(connection, order.id, OrderStatus::Review, reason);
        }
        ask_for_review(connection, order.id, doubt);
    }
    return Refused{Error{.kind = ErrorKind::Conflict, .code = std::move(code)}};
}

bool is_reused(Connection& connection, const PaymentProof& proof) {
    return pays_another_order(connection, proof.order_id, proof.gateway_transaction) &&
           !MUTANT("settle.reused_transaction");
}

// A proof of an order that is paid already: nearly always a repetition.
Settlement note_repetition(Connection& connection, const Order& order, const PaymentProof& proof) {
    if (MUTANT("settle.repeat_credits")) move_balance(connection, order.user_id, order.credits, {});
    if (order.gateway_transaction == proof.gateway_transaction) return Settlement::AlreadySettled;
    if (order.gateway_transaction.empty() && !is_reused(connection, proof)) {
        // An operator approved it before the proof came: this is the payment that was meant.
        Query(connection,
              "UPDATE orders SET gateway_transaction = ?, bank_code = ? WHERE order_id = ?",
              proof.gateway_transaction, proof.bank_code, order.id.text())
            .run();
        note_evidence(connection, order.id, "paid", proof.evidence, proof.now);
    } else if (!MUTANT("settle.second_payment_forgotten")) {
        ask_for_review(connection, order.id, doubt_of(proof, PaymentFailure::PaidTwice));
    }
    return Settlement::AlreadySettled;
}

Result<SettleOutcome> settle(Connection& connection, const PaymentProof& proof) {
    const auto order = order_by_id(connection, proof.order_id);
    if (!order) return std::unexpected(order.error());
    // The amount comes before the status, as VNPAY's acceptance test expects.
    if (order->amount != proof.amount && !MUTANT("settle.no_amount_check")) {
        return refuse(connection, *order, proof, PaymentFailure::AmountMismatch,
                      "order.amount_mismatch");
    }
    if (order->status == OrderStatus::Expired && MUTANT("settle.expiry_is_final")) {
        return SettleOutcome(Settlement::AlreadySettled);
    }
    if (order->status == OrderStatus::Failed && MUTANT("settle.failure_is_final")) {
        return SettleOutcome(Settlement::AlreadySettled);
    }
    if (order->status == OrderStatus::Review && MUTANT("settle.review_is_final")) {
        return SettleOutcome(Settlement::AlreadySettled);
    }
    if (was_paid(order->status) && !MUTANT("settle.no_status_guard")) {
        return SettleOutcome(note_repetition(connection, *order, proof));
    }
    if (is_reused(connection, proof)) {
        return refuse(connection, *order, proof, PaymentFailure::Other, "order.transaction_reused");
    }
    if (auto credited = credit_order(connection, *order, proof); !credited) {
        return std::unexpected(credited.error());
    }
    // Money that nobody waits for any more: a person looks whether it has to go back.
    if (order->status == OrderStatus::Expired || is_gone(connection, order->user_id)) {
        ask_for_review(connection, order->id, doubt_of(proof, PaymentFailure::PaidLate));
    }
    return SettleOutcome(Settlement::Credited);
}

using MarkOutcome = std::variant<Marking, Refused>;

Result<MarkOutcome> mark_unpaid(Connection& connection, const OrderMark& mark) {
    const auto order = order_by_id(connection, mark.order_id);
    if (!order) return std::unexpected(order.error());
    if (mark.amount && *mark.amount != order->amount && !MUTANT("mark.no_amount_check")) {
        if (!was_paid(order->status)) {
            ask_for_review(connection, order->id, doubt_of(mark, PaymentFailure::AmountMismatch));
        }
        return MarkOutcome(
            Refused{Error{.kind = ErrorKind::Conflict, .code = "order.amount_mismatch"}});
    }
    if (order->status == OrderStatus::Paid && mark.status == OrderStatus::Review) {
        // The gateway takes back, or doubts, what it confirmed before.
        ask_for_review(connection, order->id, doubt_of(mark, mark.failure));
    }
    const bool old_news = mark.status == OrderStatus::Review &&
                          was_judged(connection, order->id, doubt_of(mark, mark.failure));
    if (old_news || !may_mark(*order, mark.status) || MUTANT("mark.acknowledged_only")) {
        return MarkOutcome(Marking::AlreadySettled);
    }
    set_status(connection, order->id, mark.status, mark.failure);
    if (mark.status == OrderStatus::Review) {
        ask_for_review(connection, order->id, doubt_of(mark, mark.failure));
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
    const auto made = co_await state_->write<Order>(
        [&order](Connection& connection) { return insert_order(connection, order); });
    if (made && order.key && MUTANT("key.kept_apart")) {
        co_await state_->write<void>([&](Connection& connection) -> Result<void> {
            keep_key(connection, made->user_id, *order.key, made->id.text(), made->created_at);
            return {};
        });
    }
    co_return made;
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
            if (MUTANT("due.only_pending") && query.text(5) != "pending") continue;
            due.push_back({.order = read_order(query),
                           .checks = static_cast<int>(query.integer(kOrderColumns))});
        }
        return due;
    });
}

Task<Result<void>> SqliteStore::schedule_check(OrderId id, std::optional<TimePoint> next) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        std::optional<std::int64_t> next_ms;
        if (next && !MUTANT("schedule.stops")) next_ms = to_unix_ms(*next);
        Query(connection,
              "UPDATE orders SET checks = checks + 1, next_check_at = ?2"
              " WHERE order_id = ?1 AND next_check_at IS NOT NULL",
              id.text(), next_ms)
            .run();
        return {};
    });
}

}  // namespace imagify::sqlite
