#include "crash/large_ledger.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace imagify::testing {
namespace {

constexpr int kPeople = 1'000;

}  // namespace

Books open_books(const std::filesystem::path& data) {
    sqlite3* handle = nullptr;
    if (sqlite3_open((data / "imagify.db").c_str(), &handle) != SQLITE_OK) {
        throw std::runtime_error("cannot open the books");
    }
    sqlite3_busy_timeout(handle, 5'000);
    return {handle, &sqlite3_close};
}

void execute_sql(sqlite3* handle, const std::string& sql) {
    char* message = nullptr;
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
        throw std::runtime_error(message);
    }
}

std::int64_t ask_number(sqlite3* handle, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(statement,
                                                                           &sqlite3_finalize);
    return sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
}

std::string numbers(int count) {
    return "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
           std::to_string(count) + ") ";
}

void write_ledger(const std::filesystem::path& data, int rows) {
    const auto handle = open_books(data);
    const auto each = std::to_string(rows / kPeople);
    execute_sql(handle.get(), "PRAGMA synchronous = OFF; BEGIN");
    execute_sql(handle.get(),
                numbers(kPeople) +
                    "INSERT INTO users (user_id, email, name, locale, role, password_hash, credits,"
                    " held, session_epoch, created_at) SELECT printf('u_%026d', i),"
                    " 'p' || i || '@example.vn', 'An', 'vi', 'user', 'hash', " +
                    each + ", 0, 1, 0 FROM n");
    execute_sql(handle.get(),
                numbers(rows / kPeople * kPeople) +
                    "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note,"
                    " created_at) SELECT printf('u_%026d', i % 1000), 'grant',"
                    " 'bulk-' || i, 1, i / 1000 + 1, '', i FROM n");
    execute_sql(handle.get(), "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace imagify::testing
