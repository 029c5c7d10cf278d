#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/dynamodb/expression.hpp"
#include "adapters/dynamodb/item.hpp"
#include "base/ids.hpp"
#include "domain/ledger_entry.hpp"
#include "ports/idempotency.hpp"

namespace imagify::dynamodb {

// The keys of every kind of item. Accounts, orders and generations have their ids as keys; all
// others have a prefix, so that no id from outside can name one.

// imagify-users
std::string email_key(const std::string& email);  ///< Who has the address: the unique constraint.
std::string access_key(const UserId& user);       ///< Sessions, recovery codes, links in use.
std::string link_key(const LinkId& id);
std::string mail_key(const MailId& id);
std::string mark_key(const std::string& mark);      ///< An address that had its gift.
std::string process_key(const std::string& lease);  ///< A server's heartbeat.

// imagify-transactions
std::string ledger_key(LedgerKind kind, const std::string& ref);
/// The order that the gateway's payment of that number is for.
std::string payment_key(const std::string& gateway_transaction);
std::string idempotency_key(const UserId& user, const IdempotencyKey& key);
std::string refund_key(const RefundId& id);
std::string audit_key(std::int64_t id);

/// `createdAt` of every item, and a sort key: "2026-11-23T21:01:42.123Z/<id>", so that text order
/// is the order of time, then of ids, and no two items have the same.
std::string sort_text(TimePoint time, const std::string& id);
/// The time in a `sort_text`; 1970 for anything else.
TimePoint time_of(const std::string& text);
/// A row number as a sort key.
std::string sort_number(std::int64_t number);

/// What waits for its time, by what has to be done about it; see kDueIndex.
enum class Due { Order, Refund, Hold, DeletedGeneration, Mail, Deletion };

/// Puts an item into the due-index: into one of the partitions of its kind, by its id.
void set_due(Item& item, Due due, const std::string& id, TimePoint at);
void set_due(Update& update, Due due, const std::string& id, TimePoint at);
/// Takes it out.
void clear_due(Update& update);
/// Every partition of a kind, to be asked one after the other.
std::vector<std::string> due_partitions(Due due);

// Partitions of the list-index (listPk); what listAt is.
inline constexpr const char* kAccountList = "account";  ///< The user id.
inline constexpr const char* kOrderList = "order";      ///< The order id.
inline constexpr const char* kRefundList = "refund";    ///< The refund id.
inline constexpr const char* kReviewList = "review";    ///< sort_number of its id.
inline constexpr const char* kAuditList = "audit";      ///< sort_number of its id.
std::string ledger_list(const UserId& user);            ///< sort_number of the entry's id.
std::string notice_list(const OrderId& order);          ///< sort_text.
std::string review_list(const OrderId& order);          ///< sort_number of its id.
std::string mail_list(const std::string& recipient);    ///< The mail id.

/// Sets listPk and listAt.
void set_list(Item& item, const std::string& list, const std::string& at);

}  // namespace imagify::dynamodb
