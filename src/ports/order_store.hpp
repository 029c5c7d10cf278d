#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/order.hpp"
#include "ports/idempotency.hpp"
#include "ports/page.hpp"

namespace imagify {

struct NewOrder {
    Order order;
    std::optional<IdempotencyKey> key;
    /// When the gateway is asked for the first time.
    TimePoint first_check_at{};
};

/// Signed evidence that the customer's money arrived.
struct PaymentProof {
    OrderId order_id;
    Vnd amount;
    /// The gateway's number of the payment; one number pays one order.
    std::string gateway_transaction;
    std::string bank_code{};
    TimePoint now{};
    /// The signed message, kept as evidence. Holds no secret.
    std::string evidence{};
};

/// What a proof did.
enum class Settlement { Credited, AlreadySettled };

/// Signed evidence, or our own clock's word, that an order was not paid.
struct OrderMark {
    OrderId order_id;
    /// Compared with the order when present: evidence about another amount is not ours.
    std::optional<Vnd> amount{};
    OrderStatus status = OrderStatus::Failed;
    PaymentFailure failure = PaymentFailure::Other;
    TimePoint now{};
    std::string evidence{};
    /// The gateway's number of the payment, when it names one.
    std::string gateway_transaction{};
};

/// What a mark did.
enum class Marking { Changed, AlreadySettled };

/// An order whose gateway has to be asked, and how often it was asked before.
struct DueOrder {
    Order order;
    int checks = 0;
};

/// Where orders and the credits they buy live. Safe from several coroutines and threads at once;
/// never throws; outlives every Task it returns. Unavailable: nothing changed, a retry is safe.
/// Unknown: the outcome has to be looked up.
class OrderStore {
public:
    virtual ~OrderStore() = default;

    /// Makes the order, and with a key ties it to that key in the same transaction.
    /// A repeated key with the same fingerprint yields the order that it made.
    /// Errors: Invalid `idempotency.mismatch` (same key, other body); Unavailable; Unknown.
    virtual Task<Result<Order>> create_order(NewOrder order) = 0;

    /// Errors: NotFound `order.not_found`; Unavailable.
    virtual Task<Result<Order>> find_order(OrderId id) = 0;

    /// Another person's order looks exactly like an absent one.
    /// Errors: NotFound `order.not_found`; Unavailable.
    virtual Task<Result<Order>> find_order_of(UserId owner, OrderId id) = 0;

    /// Marks the order paid and adds its credits in one atomic step. One that had expired also goes
    /// before a person (`paid_late`): the customer may have bought again meanwhile.
    /// Idempotent: a repeated notice changes nothing and yields Settlement::AlreadySettled. A
    /// second payment of a paid order is recorded for review and yields AlreadySettled. Errors:
    /// NotFound `order.not_found`; Conflict `order.amount_mismatch` (no credit; an unpaid order
    /// goes to review) or `order.transaction_reused` (likewise); Unavailable; Unknown.
    virtual Task<Result<Settlement>> settle_order(PaymentProof proof) = 0;

    /// Records that the order is failed, expired or under review. Never touches credits; a paid
    /// order stays paid, a refunded one refunded. Failed over pending, expired or review without
    /// suspicion of fraud; expired over pending; review over all but paid. Anything else yields
    /// Marking::AlreadySettled. The order stays due: it may have been paid since.
    /// Errors: NotFound `order.not_found`; Conflict `order.amount_mismatch`; Unavailable; Unknown.
    virtual Task<Result<Marking>> mark_order(OrderMark mark) = 0;

    /// The owner's orders, newest first.
    virtual Task<Result<Page<Order>>> list_orders(UserId owner, PageRequest page) = 0;

    /// Unpaid orders whose next check is due, oldest due first.
    virtual Task<Result<std::vector<DueOrder>>> due_orders(TimePoint now, std::size_t limit) = 0;

    /// Counts a check and says when the next one is due; no time means no more checks.
    virtual Task<Result<void>> schedule_check(OrderId id, std::optional<TimePoint> next) = 0;
};

}  // namespace imagify
