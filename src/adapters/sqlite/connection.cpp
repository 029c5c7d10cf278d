#include "adapters/sqlite/connection.hpp"

#include <sqlite3.h>

#include <utility>

namespace imagify::sqlite {
namespace {

// ./test powerloss: FULL loses no acknowledged commit in 100,000 power cuts, NORMAL does in most.
constexpr const char* kPragmas =
    "PRAGMA busy_timeout = 5000;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    // INSERT OR REPLACE fires DELETE triggers only with this: the ledger's must always fire.
    "PRAGMA recursive_triggers = ON;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA journal_size_limit = 67108864;";

[[noreturn]] void raise(sqlite3* handle, const char* doing) {
    const int code = handle == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle);
    const char* message = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
    throw SqliteError(code, std::string(doing) + ": " + message);
}

}  // namespace

bool SqliteError::outcome_unknown() const {
    return (code_ & 0xff) == SQLITE_IOERR || (code_ & 0xff) == SQLITE_CORRUPT;
}

Connection::Connection(const std::filesystem::path& file, OpenMode mode) {
    const int flags = mode == OpenMode::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                  : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(file.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) !=
        SQLITE_OK) {
        const SqliteError error(sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_));
        sqlite3_close_v2(handle_);
        throw error;
    }
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    try {
        execute(kPragmas);
        if (mode == OpenMode::ReadWrite) execute("PRAGMA journal_mode = WAL;");
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

Connection::Connection(Connection&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), statements_(std::move(other.statements_)) {
    other.statements_.clear();
}

Connection::~Connection() {
    for (const auto& [literal, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close_v2(handle_);
}

void Connection::execute(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) raise(handle_, sql);
}

void Connection::keep_log() {
    execute("PRAGMA wal_autocheckpoint = 0");
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

sqlite3_stmt* Connection::prepared(const char* literal) {
    auto& statement = statements_[literal];
    if (statement == nullptr && sqlite3_prepare_v3(handle_, literal, -1, SQLITE_PREPARE_PERSISTENT,
                                                   &statement, nullptr) != SQLITE_OK) {
        raise(handle_, literal);
    }
    return statement;
}

int Connection::changes() const { return sqlite3_changes(handle_); }

bool Connection::autocommit() const { return sqlite3_get_autocommit(handle_) != 0; }

Query::~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void Query::check(int code) const {
    // Without its value the statement would run with NULL: find nothing, change nothing, say
    // nothing.
    if (code != SQLITE_OK) raise(connection_.handle(), "bind");
}

void Query::bind(std::int64_t value) { check(sqlite3_bind_int64(statement_, ++bound_, value)); }

void Query::bind(std::string_view value) {
    // Copied by SQLite: the text may be a temporary.
    const char* data = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_text64(statement_, ++bound_, data, value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
}

void Query::bind(std::nullptr_t) { check(sqlite3_bind_null(statement_, ++bound_)); }

bool Query::step() {
    switch (sqlite3_step(statement_)) {
        case SQLITE_ROW: return true;
        case SQLITE_DONE: return false;
        default: raise(connection_.handle(), "step");
    }
}

void Query::run() {
    while (step()) {
    }
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Query::text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_, column);
    if (bytes == nullptr) {
        // No memory for the copy must not look like an empty text.
        if (sqlite3_errcode(connection_.handle()) == SQLITE_NOMEM) {
            raise(connection_.handle(), "column");
        }
        return {};
    }
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

}  // namespace imagify::sqlite
