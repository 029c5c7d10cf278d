#pragma once

#include <filesystem>

#include "adapters/sqlite/connection.hpp"
#include "sim/books.hpp"

namespace imagify::sim {

/// Reads the books of a SQLite file through a connection of its own.
class SqliteBooks {
public:
    explicit SqliteBooks(const std::filesystem::path& file)
        : connection_(file, sqlite::OpenMode::ReadWrite) {}

    /// True when a commit happened since the last call.
    bool changed();
    Books read();

private:
    void read_orders(Books& books);
    void read_generations(Books& books);
    void read_ledger(Books& books);
    void read_reviews(Books& books);
    void read_refunds(Books& books);

    sqlite::Connection connection_;
    std::int64_t version_ = -1;
};

}  // namespace imagify::sim
