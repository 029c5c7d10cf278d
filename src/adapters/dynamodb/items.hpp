#pragma once

#include "adapters/dynamodb/keys.hpp"
#include "adapters/dynamodb/transaction.hpp"
#include "ports/account_store.hpp"
#include "ports/back_office.hpp"
#include "ports/generation_store.hpp"
#include "ports/mail_outbox.hpp"
#include "ports/review_store.hpp"

namespace imagify::dynamodb {

// What every kind of item is made of. Attributes that are not named here belong to nobody else.
// Times are Unix milliseconds, but for `createdAt` (sort_text).

// --- Accounts (imagify-users, key: the user id) ---
//
// email, name, locale, role, passwordHash, sessionEpoch, sessionsEndedAt, createdAt, giftPending,
// emailVerifiedAt, otpSecret, otpEnabledAt, otpLastStep, deletedAt, listPk/listAt; `ver` counts
// changes of these. The numbers move without it, by ADD and with conditions of their own, in the
// transaction of what moves them:
//   credits, held   never negative
//   ledgerSeq       how many ledger entries the account has. Who adds entry n+1 requires
//                   ledgerSeq = n, which fixes credits + held (holds and releases change both but
//                   not their sum), so the entry can carry the balance after it
//   pictures        captured ever
//   openOrders      SS of ids of orders that are pending, under review or refunding: changed with
//                   put_into/take_from in every transaction that moves an order into or out of
//                   one of these states; an account with one cannot be deleted

/// `account` as a new item, without ver.
Item account_item(const Account& account, const std::string& password_hash);
Account read_account(const Item& item);
Balance read_balance(const Item& account);
/// True for a deleted account: nobody can act for it any more.
bool is_gone(const Item& account);
/// The conditions for new holds and orders: the account exists and is not deleted.
Condition is_present(const Tables& tables);

// --- Ledger entries (imagify-transactions, key: ledger_key) ---
//
// Never changed. owner, kind, ref, delta, balanceAfter, seq (the entry's id within its account),
// note, createdAt, listPk/listAt = ledger_list(owner), seq.

/// One ledger entry and what it does to its account.
struct Posting {
    UserId user_id;
    LedgerKind kind = LedgerKind::Grant;
    std::string ref;
    /// To the account's numbers. Their sum is the entry's delta.
    Credits credits;
    Credits held{};
    std::string note{};
    TimePoint now{};
};

/// The balance after a posting; nothing when a number would become negative.
std::optional<Balance> after_posting(const Item& account, const Posting& posting);
/// The entry, for an account as it was read.
Item ledger_item(const Item& account, const Posting& posting);
/// What the account's own update gets: the numbers and ledgerSeq.
void post_to(Update& account, const Posting& posting);
/// What has to hold for it: nobody posted meanwhile, no number becomes negative.
Condition can_post(const Item& account, const Posting& posting);
LedgerEntry read_entry(const Item& item);

// --- Orders (imagify-transactions, key: the order id) ---
//
// userId, createdAt (in the userId-index), planId, credits, amountVnd, status, failure, expiresAt,
// paidAt, gatewayTransaction, bankCode, clientAddress, requestedBank, gatewayLocale, checks,
// refundId (the latest refund's), duePk/dueAt while a check is due, listPk/listAt = kOrderList, id.

Item order_item(const Order& order);
Order read_order(const Item& item);

// --- Refunds (imagify-transactions, key: refund_key) ---
//
// refundId, orderId, owner, credits, amountVnd, state, reason, actor, createdAt, closedAt, checks,
// duePk/dueAt while a check is due, listPk/listAt = kRefundList, id.

Item refund_item(const Refund& refund);
Refund read_refund(const Item& item);

// --- Signed messages (imagify-transactions, key: "N#" + order + random) ---

Item notice_item(const OrderId& order, const NoticeRecord& notice, const std::string& unique);
NoticeRecord read_notice(const Item& item);

// --- The audit log (imagify-transactions, key: audit_key) ---

Item audit_item(std::int64_t id, const OperatorAct& act, std::string_view action,
                const std::string& subject, const std::string& detail);
AuditEntry read_audit(const Item& item);

// --- Cases for a person (imagify-transactions, key: the writer's choice) ---
//
// reviewId, orderId, reason, evidence, gatewayTransaction, createdAt, settledAt, resolution, note,
// listPk/listAt = kReviewList, sort_number(reviewId).

Item review_item(const ReviewItem& review);
ReviewItem read_review(const Item& item);

// --- Generations (imagify-images, key: the generation id), one item in whatever state ---
//
// owner; userId + createdAt only while it is visible (in the userId-index); state, prompt,
// aspectRatio, style, seed, negativePrompt, price, requestedEngine, deadline, lease, error,
// resolvedAt, deletedAt, mime, widthPx, heightPx, sizeBytes, sha256, color, engine;
// duePk/dueAt = Due::Hold, deadline while held, Due::DeletedGeneration, deletedAt when deleted.

Item generation_item(const Generation& generation);
Generation read_generation(const Item& item);
/// What a captured generation gets.
void set_picture(Update& update, const StoredPicture& picture);

// --- Letters (imagify-users, key: mail_key) ---
//
// mailId, kind, to, name, mailLocale, linkId, attempts, createdAt, duePk/dueAt = Due::Mail,
// listPk/listAt = mail_list(to), id.

Item mail_item(const NewMail& mail, const Account& reader, TimePoint now);
/// Nothing for a kind that this version does not know.
std::optional<OutboxMail> read_mail(const Item& item);

// --- Links (imagify-users, key: link_key): linkId, owner, purpose, linkEmail, createdAt,
// expiresAt, ttl ---

Item link_item(const AccountLink& link);
AccountLink read_link(const Item& item);

/// The `ttl` of an item that may go at `time`.
inline std::int64_t ttl_at(TimePoint time) { return to_unix_ms(time) / 1'000 + 1; }

}  // namespace imagify::dynamodb
