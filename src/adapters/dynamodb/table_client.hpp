#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/aws/service_client.hpp"
#include "adapters/dynamodb/transaction.hpp"

namespace imagify::dynamodb {

/// Which items of a table or of an index are read.
struct Query {
    Table table;
    /// Empty: the table itself.
    std::string index{};
    /// The partition.
    std::string hash_name;
    std::string hash;
    /// On the sort key only.
    Condition range{};
    /// Applied after reading, by the server.
    Condition filter{};
    bool forward = true;
};

/// What a write of its own did.
struct WriteOutcome {
    bool applied = true;
    /// After an Update: the item as it is now. When refused: the item that is there, if any.
    std::optional<Item> item{};
};

/// Numbers for /metrics, since the start.
struct TableCounts {
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::uint64_t transactions = 0;
    std::uint64_t conflicts = 0;
    /// Transactions and writes whose condition failed.
    std::uint64_t refused = 0;
    /// Given up since others were faster every time.
    std::uint64_t busy = 0;
    std::uint64_t throttled = 0;
};

/// DynamoDB as this program uses it: typed items, expressions without literals, transactions that
/// are safe to repeat. Every error is Unavailable (nothing changed) or, of writes only, Unknown.
/// Safe from several coroutines and threads at once; outlives every Task it returns.
class TableClient {
public:
    /// All outlive this. `service` is DynamoDB's.
    struct Parts {
        aws::ServiceClient& service;
        Clock& clock;
        Random& random;
    };
    explicit TableClient(Parts parts) : parts_(parts) {}

    /// Reads one item, consistently.
    Task<Result<std::optional<Item>>> get(Table table, std::string key);

    /// Reads many items, consistently each; absent ones are left out. Any number of keys.
    Task<Result<std::map<std::string, Item>>> get_many(Table table, std::vector<std::string> keys);

    /// At most `limit` items in order, after filtering. Indexes lag behind: what is read through
    /// one is a hint, never a balance.
    Task<Result<std::vector<Item>>> query(Query query, std::size_t limit);

    /// Every item of the table, consistently each, in no order. For operators' commands.
    Task<Result<std::vector<Item>>> scan(Table table, Condition filter = {});

    /// Writes one item, in no transaction. Repeated when its answer is lost, so that its effect
    /// must bear that.
    Task<Result<WriteOutcome>> write(Write write);

    /// Commits all of `writes` or none; at most kTransactionMax, no item twice. Conflicts with
    /// other transactions and throttling are retried for at most kConflictTime. A lost answer is
    /// asked for again with the same token, then looked up.
    /// Errors: Unavailable `server.unavailable`, `server.busy`; Unknown `server.outcome_unknown`.
    Task<Result<TransactionOutcome>> transact(std::vector<Write> writes);

    /// Makes the tables, their indexes and the TTL; one that exists is left alone.
    Task<Result<void>> create_tables(std::vector<TableSchema> schema);

    /// Sleeps for a random part of a span that doubles with each attempt (the first is 1).
    Task<void> back_off(int attempt);

    TableCounts counts() const;
    Clock& clock() { return parts_.clock; }
    Random& random() { return parts_.random; }

private:
    Task<Result<aws::ServiceAnswer>> call(std::string_view operation, boost::json::object request);
    Task<Result<boost::json::object>> ask(std::string_view operation, boost::json::object request);
    Task<Result<bool>> was_committed(const std::vector<Write>& writes, const std::string& token);

    std::unexpected<Error> give_up();

    Parts parts_;
    std::atomic<std::uint64_t> reads_{0};
    std::atomic<std::uint64_t> writes_{0};
    std::atomic<std::uint64_t> transactions_{0};
    std::atomic<std::uint64_t> conflicts_{0};
    std::atomic<std::uint64_t> refused_{0};
    std::atomic<std::uint64_t> busy_{0};
};

}  // namespace imagify::dynamodb
