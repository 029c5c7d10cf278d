#include "powerloss/books_state.hpp"

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace imagify::testing {
namespace {

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Statement prepare(sqlite3* handle, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
    return {statement, &sqlite3_finalize};
}

std::string_view column(sqlite3_stmt* statement, int index) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, index));
    if (text == nullptr) return "null";
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, index))};
}

/// FNV-1a, 64 bits: the same on every machine and in every run.
class Hash {
public:
    void add(std::string_view text) {
        for (const char c : text) mix(static_cast<unsigned char>(c));
        mix(0x1f);
    }
    std::uint64_t value() const { return value_; }

private:
    void mix(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

bool add_rows(Hash& hash, sqlite3* handle, const std::string& sql) {
    const auto statement = prepare(handle, sql);
    if (!statement) return false;
    const int columns = sqlite3_column_count(statement.get());
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
        for (int i = 0; i < columns; ++i) hash.add(column(statement.get(), i));
    }
    return code == SQLITE_DONE;
}

}  // namespace

std::optional<std::uint64_t> hash_books(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    const Handle handle(opened, &sqlite3_close_v2);
    if (code != SQLITE_OK) return std::nullopt;
    std::vector<std::string> tables;
    const auto list = prepare(opened,
                              "SELECT name FROM sqlite_schema WHERE type = 'table'"
                              " AND name <> 'heartbeat' ORDER BY name");
    while (list && sqlite3_step(list.get()) == SQLITE_ROW) {
        tables.emplace_back(column(list.get(), 0));
    }
    if (tables.empty()) return std::nullopt;
    Hash hash;
    for (const auto& table : tables) {
        hash.add(table);
        // Rows come in the order of the table's key.
        if (!add_rows(hash, opened, "SELECT * FROM " + table)) return std::nullopt;
    }
    return hash.value();
}

}  // namespace imagify::testing
