#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace imagify::testing {

using Books = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

/// The books in a data folder, past the program. Throws when they cannot be opened.
Books open_books(const std::filesystem::path& data);

/// Throws std::runtime_error with SQLite's message.
void execute_sql(sqlite3* handle, const std::string& sql);

/// The first number of the first row; -1 without one.
std::int64_t ask_number(sqlite3* handle, const char* sql);

/// SQL that begins with the rows n(i) = 0 .. count - 1.
std::string numbers(int count);

/// A thousand people who were granted one credit again and again: all invariants hold.
void write_ledger(const std::filesystem::path& data, int rows);

}  // namespace imagify::testing
