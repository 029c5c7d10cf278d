#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace imagify::testing {

/// Looks at a database from a connection of its own and tells whether anything in it changed.
class DatabaseWitness {
public:
    explicit DatabaseWitness(const std::filesystem::path& file);
    ~DatabaseWitness();
    DatabaseWitness(const DatabaseWitness&) = delete;
    DatabaseWitness& operator=(const DatabaseWitness&) = delete;

    /// SQLite's own count of commits that changed the file: another value after every one.
    std::int64_t version();
    /// SHA-256 of every row of every table: slow, and owes nothing to that count.
    std::string digest();

private:
    std::string rows_of(const std::string& table);

    sqlite3* handle_ = nullptr;
    sqlite3_stmt* version_ = nullptr;
};

}  // namespace imagify::testing
