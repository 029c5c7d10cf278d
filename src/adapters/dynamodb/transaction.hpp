#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/dynamodb/expression.hpp"
#include "adapters/dynamodb/item.hpp"
#include "adapters/dynamodb/schema.hpp"

namespace imagify::dynamodb {

/// DynamoDB's own limit of one transaction.
inline constexpr std::size_t kTransactionMax = 100;
/// Every item that a transaction writes says which one wrote it last: what a lost answer is
/// looked up by.
inline constexpr const char* kTransactionAttribute = "txn";

/// One step of a transaction, or a write of its own.
struct Write {
    enum class Kind { Put, Update, Erase, Check };
    Kind kind = Kind::Put;
    Table table;
    /// The whole item of a Put, else its key.
    Item item;
    Update update{};
    Condition condition{};
};

/// Replaces the whole item, or makes it.
Write put(const Table& table, Item item, Condition condition = {});
/// Makes an item that must not be there yet.
Write create(const Table& table, Item item);
/// Changes an item. Without a condition it is made when it is absent.
Write change(const Table& table, const std::string& key, Update update, Condition condition);
Write erase(const Table& table, const std::string& key, Condition condition = {});
/// Changes nothing.
Write check(const Table& table, const std::string& key, Condition condition);

/// What one step of a refused transaction met.
struct Refusal {
    /// True when its own condition failed.
    bool refused = false;
    /// The item as it is, when its condition failed and it exists.
    std::optional<Item> found{};
};

struct TransactionOutcome {
    bool committed = true;
    /// When it was refused: one for each step, in order.
    std::vector<Refusal> refusals{};

    bool refused_at(std::size_t step) const {
        return step < refusals.size() && refusals[step].refused;
    }
};

/// The body of TransactWriteItems. `token` makes repetitions of it harmless for ten minutes.
boost::json::object transaction_request(const std::vector<Write>& writes, const std::string& token);

/// The body of PutItem, UpdateItem or DeleteItem; `write` is no Check.
boost::json::object write_request(const Write& write);

}  // namespace imagify::dynamodb
