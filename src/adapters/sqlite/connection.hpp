#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace imagify::sqlite {

/// A failed SQLite call. Stays inside this adapter: the store turns it into an Error.
class SqliteError : public std::runtime_error {
public:
    SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
    /// Extended result code.
    int code() const { return code_; }
    /// True when nobody knows whether the last commit is durable (an I/O error).
    bool outcome_unknown() const;

private:
    int code_;
};

enum class OpenMode { ReadWrite, ReadOnly };

/// One SQLite connection with its prepared statements. Used by one thread at a time.
class Connection {
public:
    /// Opens or, read-write, makes the file, and sets every pragma the money core relies on.
    /// Throws SqliteError.
    Connection(const std::filesystem::path& file, OpenMode mode);
    ~Connection();
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) = delete;

    /// Runs statements without results. Throws SqliteError.
    void execute(const char* sql);

    /// From now on this connection moves nothing from the log into the database by itself, not even
    /// when it is the last to close. Throws SqliteError.
    void keep_log();

    /// The prepared form of a string literal, made once. Throws SqliteError.
    sqlite3_stmt* prepared(const char* literal);

    /// Rows that the last INSERT, UPDATE or DELETE changed.
    int changes() const;
    /// False inside a transaction.
    bool autocommit() const;
    sqlite3* handle() { return handle_; }

private:
    sqlite3* handle_ = nullptr;
    std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

/// One run of a prepared statement: binds in order, steps, reads columns, resets at its end.
/// Binding and reading text throw SqliteError too, when there is no memory.
class Query {
public:
    template <class... Values>
    Query(Connection& connection, const char* literal, const Values&... values)
        : connection_(connection), statement_(connection.prepared(literal)) {
        (bind(values), ...);
    }
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// True when there is a row to read. Throws SqliteError.
    bool step();
    /// Runs a statement whose rows do not matter, to its end. Throws SqliteError.
    void run();

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool is_null(int column) const;

private:
    void check(int code) const;
    void bind(std::int64_t value);
    void bind(std::string_view value);
    void bind(const std::string& value) { bind(std::string_view(value)); }
    void bind(const char* value) { bind(std::string_view(value)); }
    void bind(std::nullptr_t);
    template <class T>
    void bind(const std::optional<T>& value) {
        value ? bind(*value) : bind(nullptr);
    }

    Connection& connection_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

}  // namespace imagify::sqlite
