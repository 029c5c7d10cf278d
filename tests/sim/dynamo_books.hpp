#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/books.hpp"
#include "support/fake_dynamo/database.hpp"

namespace imagify::sim {

/// Reads the books from the items of the fake, which is its base tables and never an index.
class DynamoBooks {
public:
    explicit DynamoBooks(const testing::dynamo::Database& database) : database_(database) {}

    /// True when an item changed since the last call.
    bool changed();
    Books read();

private:
    void read_transaction(Books& books, const testing::dynamo::Item& item);
    void read_ledger(Books& books);

    const testing::dynamo::Database& database_;
    std::uint64_t version_ = 0;
    /// Keys of ledger entries in the order in which they appeared: DynamoDB has no other.
    std::vector<std::string> ledger_order_;
    std::map<std::string, testing::dynamo::ItemRef> ledger_;
};

}  // namespace imagify::sim
