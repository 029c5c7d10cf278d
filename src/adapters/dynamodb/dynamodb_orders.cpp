#include <variant>

#include "adapters/dynamodb/idempotency_items.hpp"
#include "adapters/dynamodb/money_reads.hpp"
#include "adapters/dynamodb/order_draft.hpp"
#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

// The refusal of a message. What it did is kept (the order went to review), so it is a value.
struct Refused {
    Error error;
};
using SettleOutcome = std::variant<Settlement, Refused>;
using MarkOutcome = std::variant<Marking, Refused>;

Refused refuse(OrderDraft& draft, const PaymentProof& proof, PaymentFailure reason,
               std::string code) {
    const auto& order = draft.order();
    if (!was_paid(order.status)) {
        // A suspicion of fraud outlives any odd message: it keeps the order from failing.
        const auto doubt = doubt_of(proof, reason);
        if (!draft.was_judged(doubt) && (!is_suspected(order) || MUTANT("refuse.forgets_fraud"))) {
            draft.set_status(OrderStatus::Review, reason);
        }
        draft.ask_for_review(doubt);
    }
    return {Error{.kind = ErrorKind::Conflict, .code = std::move(code)}};
}

// A proof of an order that is paid already: nearly always a repetition.
Task<Result<SettleOutcome>> note_repetition(OrderDraft& draft, const PaymentProof& proof) {
    const auto& number = draft.order().gateway_transaction;
    if (number == proof.gateway_transaction) co_return Settlement::AlreadySettled;
    bool reused = true;
    if (number.empty()) {
        const auto other = co_await draft.pays_another_order(proof.gateway_transaction);
        if (!other) co_return std::unexpected(other.error());
        reused = *other;
    }
    if (reused) {
        draft.ask_for_review(doubt_of(proof, PaymentFailure::PaidTwice));
        co_return Settlement::AlreadySettled;
    }
    // An operator approved it before the proof came: this is the payment that was meant.
    draft.set_payment(proof);
    draft.note_evidence("paid", proof.evidence, proof.now);
    if (auto claimed = co_await draft.claim(proof.gateway_transaction); !claimed) {
        co_return std::unexpected(claimed.error());
    }
    co_return Settlement::AlreadySettled;
}

Task<Result<SettleOutcome>> settle(OrderDraft& draft, const PaymentProof& proof, bool owner_gone) {
    const auto before = draft.order();
    // The amount comes before the status, as VNPAY's acceptance test expects.
    if (before.amount != proof.amount) {
        co_return refuse(draft, proof, PaymentFailure::AmountMismatch, "order.amount_mismatch");
    }
    if (was_paid(before.status)) co_return co_await note_repetition(draft, proof);
    const auto reused = co_await draft.pays_another_order(proof.gateway_transaction);
    if (!reused) co_return std::unexpected(reused.error());
    if (*reused) co_return refuse(draft, proof, PaymentFailure::Other, "order.transaction_reused");
    if (auto credited = co_await draft.credit(proof); !credited) {
        co_return std::unexpected(credited.error());
    }
    // Money that nobody waits for any more: a person looks whether it has to go back.
    if (before.status == OrderStatus::Expired || owner_gone) {
        draft.ask_for_review(doubt_of(proof, PaymentFailure::PaidLate));
    }
    co_return Settlement::Credited;
}

MarkOutcome mark_unpaid(OrderDraft& draft, const OrderMark& mark) {
    const auto& order = draft.order();
    if (mark.amount && *mark.amount != order.amount) {
        if (!was_paid(order.status)) {
            draft.ask_for_review(doubt_of(mark, PaymentFailure::AmountMismatch));
        }
        return Refused{Error{.kind = ErrorKind::Conflict, .code = "order.amount_mismatch"}};
    }
    const auto doubt = doubt_of(mark, mark.failure);
    if (order.status == OrderStatus::Paid && mark.status == OrderStatus::Review) {
        // The gateway takes back, or doubts, what it confirmed before.
        draft.ask_for_review(doubt);
    }
    const bool old_news = mark.status == OrderStatus::Review && draft.was_judged(doubt);
    if (old_news || !may_mark(order, mark.status)) return Marking::AlreadySettled;
    draft.set_status(mark.status, mark.failure);
    if (mark.status == OrderStatus::Review) draft.ask_for_review(doubt);
    draft.note_evidence(to_text(mark.status), mark.evidence, mark.now);
    return Marking::Changed;
}

template <class Value, class Outcome>
Result<Value> unwrap(Result<Outcome> outcome) {
    if (!outcome) return std::unexpected(std::move(outcome.error()));
    if (auto* refused = std::get_if<Refused>(&*outcome)) {
        return std::unexpected(std::move(refused->error));
    }
    return std::get<Value>(*outcome);
}

Result<Order> order_in(const Result<std::optional<Item>>& item) {
    if (!item) return std::unexpected(item.error());
    if (!*item || !(*item)->has("planId")) return fail(ErrorKind::NotFound, "order.not_found");
    return read_order(**item);
}

void add_new_order(Draft& draft, const Tables& tables, const NewOrder& request) {
    const auto& order = request.order;
    auto item = order_item(order);
    set_due(item, Due::Order, order.id.text(), request.first_check_at);
    draft.create(tables.transactions, std::move(item));
    AccountChange account(order.user_id);
    account.update().put_into("openOrders", order.id.text());
    account.require_present(tables);
    account.add_to(draft, tables);
    if (request.key) {
        keep_key(draft, tables.transactions, order.user_id, *request.key, order.id.text(),
                 order.created_at);
    }
}

}  // namespace

Task<Result<Order>> DynamoStore::create_order(NewOrder order) {
    co_return co_await state_->write<Order>([&](Draft& draft) -> Task<Result<Order>> {
        const auto& made = order.order;
        if (order.key) {
            const auto seen = co_await find_key(draft, state_->tables.transactions, made.user_id,
                                                *order.key, made.created_at);
            if (!seen) co_return std::unexpected(seen.error());
            if (*seen) co_return order_in(co_await draft.peek(state_->tables.transactions, **seen));
        }
        const auto account = co_await draft.peek(state_->tables.users, made.user_id.text());
        if (!account) co_return std::unexpected(account.error());
        if (!*account || is_gone(**account)) {
            co_return fail(ErrorKind::NotFound, "account.not_found");
        }
        add_new_order(draft, state_->tables, order);
        co_return made;
    });
}

Task<Result<Order>> DynamoStore::find_order(OrderId id) {
    co_return order_in(co_await state_->client.get(state_->tables.transactions, id.text()));
}

Task<Result<Order>> DynamoStore::find_order_of(UserId owner, OrderId id) {
    auto order = co_await find_order(std::move(id));
    if (order && order->user_id != owner) co_return fail(ErrorKind::NotFound, "order.not_found");
    co_return order;
}

Task<Result<Settlement>> DynamoStore::settle_order(PaymentProof proof) {
    co_return unwrap<Settlement>(
        co_await state_->write<SettleOutcome>([&](Draft& draft) -> Task<Result<SettleOutcome>> {
            OrderDraft order({.draft = draft, .tables = state_->tables, .next_row = [this] {
                                  return state_->next_row();
                              }});
            if (auto opened = co_await order.open(proof.order_id); !opened) {
                co_return std::unexpected(opened.error());
            }
            const auto owner =
                co_await draft.peek(state_->tables.users, order.order().user_id.text());
            if (!owner) co_return std::unexpected(owner.error());
            auto outcome = co_await settle(order, proof, *owner && is_gone(**owner));
            order.finish();
            co_return outcome;
        }));
}

Task<Result<Marking>> DynamoStore::mark_order(OrderMark mark) {
    co_return unwrap<Marking>(
        co_await state_->write<MarkOutcome>([&](Draft& draft) -> Task<Result<MarkOutcome>> {
            OrderDraft order({.draft = draft, .tables = state_->tables, .next_row = [this] {
                                  return state_->next_row();
                              }});
            if (auto opened = co_await order.open(mark.order_id); !opened) {
                co_return std::unexpected(opened.error());
            }
            auto outcome = mark_unpaid(order, mark);
            order.finish();
            co_return outcome;
        }));
}

Task<Result<Page<Order>>> DynamoStore::list_orders(UserId owner, PageRequest page) {
    auto items = co_await owned_items(*state_, state_->tables.transactions, owner, page.cursor,
                                      page.limit + 1);
    if (!items) co_return std::unexpected(items.error());
    auto cut = cut_page(std::move(*items), page.limit,
                        [](const Item& item) { return item.text("createdAt"); });
    Page<Order> orders{.items = {}, .next_cursor = std::move(cut.next_cursor)};
    for (const auto& item : cut.items) orders.items.push_back(read_order(item));
    co_return orders;
}

Task<Result<std::vector<DueOrder>>> DynamoStore::due_orders(TimePoint now, std::size_t limit) {
    auto items = co_await due_items(*state_, state_->tables.transactions, Due::Order, now, limit);
    if (!items) co_return std::unexpected(items.error());
    std::vector<DueOrder> due;
    for (const auto& item : *items) {
        due.push_back(
            {.order = read_order(item), .checks = static_cast<int>(item.number("checks"))});
    }
    co_return due;
}

Task<Result<void>> DynamoStore::schedule_check(OrderId id, std::optional<TimePoint> next) {
    co_return co_await state_->write<void>([&](Draft& draft) -> Task<Result<void>> {
        const auto& table = state_->tables.transactions;
        const auto item = co_await draft.read(table, id.text());
        if (!item) co_return std::unexpected(item.error());
        if (!*item || !(*item)->has("dueAt")) co_return Result<void>{};
        auto& update = draft.update(table, id.text());
        update.set("checks", (*item)->number("checks") + 1);
        if (next) {
            set_due(update, Due::Order, id.text(), *next);
        } else {
            clear_due(update);
        }
        co_return Result<void>{};
    });
}

}  // namespace imagify::dynamodb
