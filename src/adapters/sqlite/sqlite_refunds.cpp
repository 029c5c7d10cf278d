#include "adapters/sqlite/order_rows.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

#define IMAGIFY_REFUND_COLUMNS                                                             \
    "refund_id, order_id, user_id, credits, amount_vnd, state, reason, actor, created_at," \
    " closed_at"

Refund read_refund(const Query& query) {
    Refund refund{.id = RefundId(query.text(0)),
                  .order_id = OrderId(query.text(1)),
                  .user_id = UserId(query.text(2)),
                  .credits = {query.integer(3)},
                  .amount = {query.integer(4)},
                  .state = parse_refund_state(query.text(5)).value_or(RefundState::Open),
                  .reason = query.text(6),
                  .actor = query.text(7),
                  .created_at = from_unix_ms(query.integer(8))};
    if (!query.is_null(9)) refund.closed_at = from_unix_ms(query.integer(9));
    return refund;
}

std::optional<Refund> refund_by_id(Connection& connection, const RefundId& id) {
    Query query(connection, "SELECT " IMAGIFY_REFUND_COLUMNS " FROM refunds WHERE refund_id = ?",
                id.text());
    if (!query.step()) return std::nullopt;
    return read_refund(query);
}

std::string describe(const Refund& refund) {
    return std::to_string(refund.credits.count) + " credits, " +
           std::to_string(refund.amount.amount) + " VND";
}

void insert_refund(Connection& connection, const Refund& refund, TimePoint first_check_at) {
    Query(connection,
          "INSERT INTO refunds (" IMAGIFY_REFUND_COLUMNS
          ", next_check_at, checks)"
          " VALUES (?, ?, ?, ?, ?, 'open', '', ?, ?, NULL, ?, 0)",
          refund.id.text(), refund.order_id.text(), refund.user_id.text(), refund.credits.count,
          refund.amount.amount, refund.actor, to_unix_ms(refund.created_at),
          to_unix_ms(first_check_at))
        .run();
}

Result<OpenedRefund> begin_refund(Connection& connection, const NewRefund& request) {
    auto order = order_by_id(connection, request.order_id);
    if (!order) return std::unexpected(order.error());
    if (const auto made = refund_by_id(connection, request.id)) {
        return OpenedRefund{.refund = *made, .order = *order};
    }
    if (order->status != OrderStatus::Paid) return fail(ErrorKind::Conflict, "refund.not_paid");
    const auto credits = request.credits.value_or(order->credits);
    const auto amount = refund_amount(*order, credits);
    if (!amount) {
        return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                     .code = "validation.failed",
                                     .fields = {{"credits", "out_of_range"}}});
    }
    if (!MUTANT("refund.not_held") &&
        !move_balance(connection, order->user_id, {-credits.count}, credits)) {
        return fail(ErrorKind::Conflict, "refund.credits_spent");
    }
    const Refund refund{.id = request.id,
                        .order_id = order->id,
                        .user_id = order->user_id,
                        .credits = credits,
                        .amount = *amount,
                        .actor = request.act.actor,
                        .created_at = request.act.now};
    insert_refund(connection, refund, request.first_check_at);
    set_paid_status(connection, order->id, OrderStatus::Refunding);
    append_audit(connection, request.act, "refund", order->id.text(), describe(refund));
    order->status = OrderStatus::Refunding;
    return OpenedRefund{.refund = refund, .order = *order};
}

Result<void> move_credits(Connection& connection, const Refund& refund, const RefundEnd& end) {
    const bool done = end.to == RefundState::Done;
    const auto back = done || MUTANT("refund.rejection_keeps_credits") ? Credits{} : refund.credits;
    const auto after = move_balance(connection, refund.user_id, back, {-refund.credits.count});
    if (!after) return fail(ErrorKind::Internal, "server.internal", "refund without its hold");
    if (!done) return {};
    append_ledger(connection, {.user_id = refund.user_id,
                               .kind = LedgerKind::Refund,
                               .ref = refund.id.text(),
                               .delta = {-refund.credits.count},
                               .after = *after,
                               .note = refund.order_id.text(),
                               .now = end.now});
    return {};
}

Result<Refund> end_refund(Connection& connection, const RefundEnd& end) {
    Query(connection,
          "UPDATE refunds SET state = ?2, reason = ?3, closed_at = ?4, next_check_at = NULL"
          " WHERE refund_id = ?1 AND state = 'open'",
          end.id.text(), to_text(end.to), end.reason, to_unix_ms(end.now))
        .run();
    if (connection.changes() != 1) return fail(ErrorKind::Conflict, "refund.closed");
    const auto refund = refund_by_id(connection, end.id);
    if (auto moved = move_credits(connection, *refund, end); !moved) {
        return std::unexpected(moved.error());
    }
    const bool done = end.to == RefundState::Done;
    set_paid_status(connection, refund->order_id, done ? OrderStatus::Refunded : OrderStatus::Paid);
    note_evidence(connection, refund->order_id, done ? "refunded" : "refund_rejected", end.evidence,
                  end.now);
    if (end.act) {
        append_audit(connection, *end.act, "close-refund", refund->order_id.text(),
                     std::string(to_text(end.to)) + ": " + describe(*refund));
    }
    return *refund;
}

}  // namespace

std::optional<Refund> latest_refund(Connection& connection, const OrderId& order) {
    Query query(connection,
                "SELECT " IMAGIFY_REFUND_COLUMNS
                " FROM refunds WHERE order_id = ? ORDER BY refund_id DESC LIMIT 1",
                order.text());
    if (!query.step()) return std::nullopt;
    return read_refund(query);
}

Task<Result<OpenedRefund>> SqliteStore::open_refund(NewRefund refund) {
    co_return co_await state_->write<OpenedRefund>(
        [&refund](Connection& connection) { return begin_refund(connection, refund); });
}

Task<Result<Refund>> SqliteStore::close_refund(RefundEnd end) {
    co_return co_await state_->write<Refund>(
        [&end](Connection& connection) { return end_refund(connection, end); });
}

Task<Result<std::optional<Refund>>> SqliteStore::refund_of(OrderId order) {
    co_return state_->read([&](Connection& connection) -> Result<std::optional<Refund>> {
        return latest_refund(connection, order);
    });
}

Task<Result<std::vector<DueRefund>>> SqliteStore::due_refunds(TimePoint now, std::size_t limit) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<DueRefund>> {
        Query query(connection,
                    "SELECT " IMAGIFY_REFUND_COLUMNS
                    ", checks FROM refunds WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ?",
                    to_unix_ms(now), static_cast<std::int64_t>(limit));
        std::vector<DueRefund> due;
        while (query.step()) {
            auto refund = read_refund(query);
            auto order = order_by_id(connection, refund.order_id);
            if (!order) return std::unexpected(order.error());
            due.push_back({.refund = std::move(refund),
                           .order = std::move(*order),
                           .checks = static_cast<int>(query.integer(10))});
        }
        return due;
    });
}

Task<Result<void>> SqliteStore::schedule_refund_check(RefundId id, std::optional<TimePoint> next,
                                                      TimePoint now) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        std::optional<std::int64_t> next_ms;
        if (next) next_ms = to_unix_ms(*next);
        Query(connection,
              "UPDATE refunds SET checks = checks + 1, next_check_at = ?2"
              " WHERE refund_id = ?1 AND next_check_at IS NOT NULL",
              id.text(), next_ms)
            .run();
        if (next || connection.changes() == 0) return {};
        const auto refund = refund_by_id(connection, id);
        ask_for_review(
            connection, refund->order_id,
            {.reason = PaymentFailure::Unsettled, .evidence = "refund=" + id.text(), .now = now});
        return {};
    });
}

}  // namespace imagify::sqlite
