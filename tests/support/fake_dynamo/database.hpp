#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_dynamo/expressions.hpp"
#include "support/fake_dynamo/table.hpp"

namespace imagify::testing::dynamo {

/// What a database may do to its callers within its contract. All of it is off in a new one.
struct Weather {
    /// How long until the next change is seen in an index.
    std::function<std::int64_t()> index_lag_ms{};
    /// At most so many items in the next page of a query or scan; none: as many as fit.
    std::function<std::optional<std::size_t>()> page_items{};
    /// Whether the next key of a BatchGetItem is left unprocessed.
    std::function<bool()> leaves_unprocessed{};
};

/// DynamoDB in memory: tables, indexes, and every operation that Imagify uses, request JSON in,
/// answer JSON out. Does not do: capacity, streams, backups, PartiQL, numbers that are not whole.
/// Safe from several threads.
class Database {
public:
    /// `now_ms`: Unix milliseconds; ages tokens and indexes.
    explicit Database(std::function<std::int64_t()> now_ms) : now_ms_(std::move(now_ms)) {}

    struct Answer {
        unsigned status = 200;
        std::string body{};
    };
    /// `operation` without version: "GetItem".
    Answer execute(std::string_view operation, const std::string& body);

    void set_weather(Weather weather);

    /// Deletes what its table's TTL attribute says has expired, as DynamoDB does within days.
    void delete_expired();

    /// Every item of a table, by key; for judges, never for the program under test.
    std::vector<ItemRef> items(const std::string& table) const;
    std::set<std::string> tables() const;
    /// Larger after every change of an item.
    std::uint64_t version() const;

private:
    using Json = boost::json::object;
    using Reply = Json (Database::*)(const Json&);

    Json create_table(const Json& request);
    Json describe_table(const Json& request);
    Json update_time_to_live(const Json& request);
    Json describe_time_to_live(const Json& request);
    Json get_item(const Json& request);
    Json batch_get_item(const Json& request);
    Json put_item(const Json& request);
    Json update_item(const Json& request);
    Json delete_item(const Json& request);
    Json query(const Json& request);
    Json scan(const Json& request);
    Json transact_write_items(const Json& request);
    Json transact_get_items(const Json& request);

    static Reply handler(std::string_view operation);
    Table& table(const Json& request);
    ItemRef find(const Table& table, const ItemKey& key) const;
    /// Stores the image, or removes the item, in the table and in time in its indexes.
    void change(Table& table, const ItemKey& key, ItemRef image);
    Json single_write(std::string_view kind, const Json& request);
    /// True for a repetition of the transaction that the token stands for.
    bool was_made(const Json& request, const std::string& token) const;
    std::size_t page_limit(const Json& request) const;

    std::function<std::int64_t()> now_ms_;
    Weather weather_;
    std::map<std::string, Table> tables_;
    struct Token {
        std::string request;
        std::int64_t at_ms;
    };
    std::map<std::string, Token> tokens_;
    std::uint64_t version_ = 0;
    mutable std::mutex mutex_;
};

/// The number of a table's key that the request names: exactly the key attributes.
/// Throws Refused (ValidationException).
ItemKey required_key(const KeySchema& schema, const Item& key);

}  // namespace imagify::testing::dynamo
