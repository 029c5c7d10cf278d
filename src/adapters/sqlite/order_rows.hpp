#pragma once

#include "adapters/sqlite/store_state.hpp"
#include "domain/refund.hpp"
#include "domain/review.hpp"

namespace imagify::sqlite {

// What the transactions about orders, refunds and reviews share. All throw SqliteError and run
// inside the caller's transaction.

/// The columns that `read_order` expects, in order.
#define IMAGIFY_ORDER_COLUMNS                                                               \
    "order_id, user_id, plan_id, credits, amount_vnd, status, failure, created_at,"         \
    " expires_at, paid_at, gateway_transaction, bank_code, client_address, requested_bank," \
    " gateway_locale"
inline constexpr int kOrderColumns = 15;

Order read_order(const Query& query);

/// Errors: NotFound `order.not_found`.
Result<Order> order_by_id(Connection& connection, const OrderId& id);

/// Changes the status of an order that was never paid; one that was is left alone. It stays
/// due: it may be paid later.
void set_status(Connection& connection, const OrderId& id, OrderStatus status,
                PaymentFailure failure);

/// Moves an order between paid, refunding and refunded.
void set_paid_status(Connection& connection, const OrderId& id, OrderStatus status);

/// Marks an unpaid order paid and adds its credits with their ledger entry.
/// Errors: Internal when the account is absent.
Result<void> credit_order(Connection& connection, const Order& order, const PaymentProof& proof);

/// True when the gateway's payment of that number was for another order: it paid one, or a
/// person took it for one.
bool pays_another_order(Connection& connection, const OrderId& id, const std::string& number);

/// Keeps a signed message about an order.
void note_evidence(Connection& connection, const OrderId& id, std::string_view verdict,
                   const std::string& evidence, TimePoint now);

/// Puts it before a person, once for a message and once for a payment, however it is repeated.
void ask_for_review(Connection& connection, const OrderId& id, const Doubt& doubt);

/// True when a person has settled the case of this message, or of another about the same payment:
/// it is no news.
bool was_judged(Connection& connection, const OrderId& id, const Doubt& doubt);

/// Appends to the audit log.
void append_audit(Connection& connection, const OperatorAct& act, std::string_view action,
                  const std::string& subject, const std::string& detail);

/// The order's latest refund.
std::optional<Refund> latest_refund(Connection& connection, const OrderId& order);

/// The columns that `read_review` expects, in order.
#define IMAGIFY_REVIEW_COLUMNS                                                   \
    "id, order_id, reason, evidence, created_at, settled_at, resolution, note, " \
    "gateway_transaction"

ReviewItem read_review(const Query& query);

/// Reads a cursor that is a row number; empty text is the first page.
/// Errors: Invalid `validation.failed`.
Result<std::int64_t> row_cursor(const std::string& cursor);

}  // namespace imagify::sqlite
