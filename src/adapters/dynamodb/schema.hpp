#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace imagify::dynamodb {

/// A table as its callers name it.
struct Table {
    std::string name;
    /// Its partition key, a text; no table has a sort key.
    std::string key;
};

/// The three tables of the brief. Their names are settings; their keys are not.
struct Tables {
    Table users{.name = "imagify-users", .key = "userId"};
    Table transactions{.name = "imagify-transactions", .key = "transactionId"};
    Table images{.name = "imagify-images", .key = "imageId"};
};

// Index names. All indexes are sparse: an item is in one exactly when it has both key attributes.

/// users: email (text). The unique address is kept by an item of its own, not by this.
inline constexpr const char* kEmailIndex = "email-index";
/// transactions and images: userId, createdAt (see sort_text). Orders, and visible generations.
inline constexpr const char* kUserIndex = "userId-index";
/// Every table: duePk (see due_keys), dueAt (Unix ms). What somebody has to look after.
inline constexpr const char* kDueIndex = "due-index";
/// users and transactions: listPk (the kind of thing), listAt (text). Lists, ordered.
inline constexpr const char* kListIndex = "list-index";

/// The attribute by which DynamoDB forgets items: Unix seconds. It does so days late, so expiry is
/// compared in code too.
inline constexpr const char* kTtlAttribute = "ttl";

struct KeyAttribute {
    std::string name;
    /// "S" or "N".
    std::string type = "S";
};

struct IndexSchema {
    std::string name;
    KeyAttribute hash;
    /// Empty name: none.
    KeyAttribute range{};
    /// "ALL" or "KEYS_ONLY".
    std::string projection = "ALL";
};

struct TableSchema {
    std::string name;
    KeyAttribute hash;
    std::vector<IndexSchema> indexes;
};

/// What the tables have to be like: for `create_tables`, and for whoever writes the cloud's stacks.
std::vector<TableSchema> schema_of(const Tables& tables);

/// The same as one JSON document.
boost::json::value to_json(const std::vector<TableSchema>& schema);

/// The body of CreateTable.
boost::json::object create_request(const TableSchema& table);

}  // namespace imagify::dynamodb
