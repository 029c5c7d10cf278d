#include "adapters/dynamodb/money_reads.hpp"
#include "adapters/dynamodb/order_draft.hpp"

namespace imagify::dynamodb {
namespace {

std::string describe(const Refund& refund) {
    return std::to_string(refund.credits.count) + " credits, " +
           std::to_string(refund.amount.amount) + " VND";
}

// Everything about the request that no store has to be asked for.
Result<Refund> planned_refund(const NewRefund& request, const Order& order) {
    if (order.status != OrderStatus::Paid) return fail(ErrorKind::Conflict, "refund.not_paid");
    const auto credits = request.credits.value_or(order.credits);
    const auto amount = refund_amount(order, credits);
    if (!amount) {
        return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                     .code = "validation.failed",
                                     .fields = {{"credits", "out_of_range"}}});
    }
    return Refund{.id = request.id,
                  .order_id = order.id,
                  .user_id = order.user_id,
                  .credits = credits,
                  .amount = *amount,
                  .actor = request.act.actor,
                  .created_at = request.act.now};
}

void end_item(Draft& draft, const Tables& tables, const RefundEnd& end) {
    const auto key = refund_key(end.id);
    auto& update = draft.update(tables.transactions, key);
    update.set("state", std::string(to_text(end.to)))
        .set("reason", end.reason)
        .set("closedAt", end.now);
    clear_due(update);
    draft.require(tables.transactions, key,
                  equals("state", std::string(to_text(RefundState::Open))));
}

Task<Result<void>> move_credits(OrderDraft& order, const Refund& refund, const RefundEnd& end) {
    if (end.to != RefundState::Done) {
        order.account().move(refund.credits, Credits{0} - refund.credits);
        co_return Result<void>{};
    }
    co_return co_await order.post({.user_id = refund.user_id,
                                   .kind = LedgerKind::Refund,
                                   .ref = refund.id.text(),
                                   .credits = {},
                                   .held = Credits{0} - refund.credits,
                                   .note = refund.order_id.text(),
                                   .now = end.now});
}

}  // namespace

Task<Result<OpenedRefund>> DynamoStore::open_refund(NewRefund refund) {
    co_return co_await state_->write<OpenedRefund>([&](Draft& draft) -> Task<Result<OpenedRefund>> {
        const auto& tables = state_->tables;
        OrderDraft order(
            {.draft = draft, .tables = tables, .next_row = [this] { return state_->next_row(); }});
        if (auto opened = co_await order.open(refund.order_id); !opened) {
            co_return std::unexpected(opened.error());
        }
        const auto made = co_await draft.read(tables.transactions, refund_key(refund.id));
        if (!made) co_return std::unexpected(made.error());
        if (*made) co_return OpenedRefund{.refund = read_refund(**made), .order = order.order()};
        const auto planned = planned_refund(refund, order.order());
        if (!planned) co_return std::unexpected(planned.error());
        const auto account = co_await draft.peek(tables.users, planned->user_id.text());
        if (!account) co_return std::unexpected(account.error());
        if (!*account || read_balance(**account).credits < planned->credits) {
            co_return fail(ErrorKind::Conflict, "refund.credits_spent");
        }
        order.account().move(Credits{0} - planned->credits, planned->credits);
        order.set_paid_status(OrderStatus::Refunding);
        order.set_refund(refund.id);
        order.finish();
        auto item = refund_item(*planned);
        set_due(item, Due::Refund, refund.id.text(), refund.first_check_at);
        draft.create(tables.transactions, std::move(item));
        state_->append_audit(draft, refund.act, "refund", planned->order_id.text(),
                             describe(*planned));
        co_return OpenedRefund{.refund = *planned, .order = order.order()};
    });
}

Task<Result<Refund>> DynamoStore::close_refund(RefundEnd end) {
    co_return co_await state_->write<Refund>([&](Draft& draft) -> Task<Result<Refund>> {
        const auto& tables = state_->tables;
        const auto item = co_await draft.read(tables.transactions, refund_key(end.id));
        if (!item) co_return std::unexpected(item.error());
        if (!*item) co_return fail(ErrorKind::Conflict, "refund.closed");
        auto refund = read_refund(**item);
        if (refund.state != RefundState::Open) co_return fail(ErrorKind::Conflict, "refund.closed");
        OrderDraft order(
            {.draft = draft, .tables = tables, .next_row = [this] { return state_->next_row(); }});
        if (auto opened = co_await order.open(refund.order_id); !opened) {
            co_return std::unexpected(opened.error());
        }
        end_item(draft, tables, end);
        if (auto moved = co_await move_credits(order, refund, end); !moved) {
            co_return std::unexpected(moved.error());
        }
        const bool done = end.to == RefundState::Done;
        order.set_paid_status(done ? OrderStatus::Refunded : OrderStatus::Paid);
        order.note_evidence(done ? "refunded" : "refund_rejected", end.evidence, end.now);
        order.finish();
        if (end.act) {
            state_->append_audit(draft, *end.act, "close-refund", refund.order_id.text(),
                                 std::string(to_text(end.to)) + ": " + describe(refund));
        }
        refund.state = end.to;
        refund.reason = end.reason;
        refund.closed_at = end.now;
        co_return refund;
    });
}

Task<Result<std::optional<Refund>>> DynamoStore::refund_of(OrderId order) {
    const auto& table = state_->tables.transactions;
    const auto item = co_await state_->client.get(table, order.text());
    if (!item) co_return std::unexpected(item.error());
    if (!*item || !(*item)->has("refundId")) co_return std::nullopt;
    const auto refund =
        co_await state_->client.get(table, refund_key(RefundId((*item)->text("refundId"))));
    if (!refund) co_return std::unexpected(refund.error());
    if (!*refund) co_return std::nullopt;
    co_return read_refund(**refund);
}

Task<Result<std::vector<DueRefund>>> DynamoStore::due_refunds(TimePoint now, std::size_t limit) {
    auto items = co_await due_items(*state_, state_->tables.transactions, Due::Refund, now, limit);
    if (!items) co_return std::unexpected(items.error());
    std::vector<DueRefund> due;
    for (const auto& item : *items) {
        auto refund = read_refund(item);
        auto order = co_await find_order(refund.order_id);
        if (!order) co_return std::unexpected(order.error());
        due.push_back({.refund = std::move(refund),
                       .order = std::move(*order),
                       .checks = static_cast<int>(item.number("checks"))});
    }
    co_return due;
}

Task<Result<void>> DynamoStore::schedule_refund_check(RefundId id, std::optional<TimePoint> next,
                                                      TimePoint now) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto& tables = state_->tables;
        const auto key = refund_key(id);
        const auto item = co_await draft.read(tables.transactions, key);
        if (!item) co_return std::unexpected(item.error());
        if (!*item || !(*item)->has("dueAt")) co_return Result<void>{};
        auto& update = draft.update(tables.transactions, key);
        update.set("checks", (*item)->number("checks") + 1);
        if (next) {
            set_due(update, Due::Refund, id.text(), *next);
            co_return Result<void>{};
        }
        clear_due(update);
        OrderDraft order(
            {.draft = draft, .tables = tables, .next_row = [this] { return state_->next_row(); }});
        if (auto opened = co_await order.open(OrderId((*item)->text("orderId"))); !opened) {
            co_return opened;
        }
        order.ask_for_review(
            {.reason = PaymentFailure::Unsettled, .evidence = "refund=" + id.text(), .now = now});
        order.finish();
        co_return Result<void>{};
    });
}

}  // namespace imagify::dynamodb
