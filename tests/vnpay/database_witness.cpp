#include "vnpay/database_witness.hpp"

#include <openssl/evp.h>
#include <sqlite3.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace imagify::testing {
namespace {

using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Statement prepare(sqlite3* handle, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(handle));
    }
    return {statement, &sqlite3_finalize};
}

std::string text_at(sqlite3_stmt* row, int column) {
    const auto* text = sqlite3_column_text(row, column);
    if (text == nullptr) return "\x01";  // NULL is not the empty text.
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

}  // namespace

DatabaseWitness::DatabaseWitness(const std::filesystem::path& file) {
    if (sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
        throw std::runtime_error("cannot open " + file.string());
    }
    version_ = prepare(handle_, "PRAGMA data_version").release();
}

DatabaseWitness::~DatabaseWitness() {
    sqlite3_finalize(version_);
    sqlite3_close_v2(handle_);
}

std::int64_t DatabaseWitness::version() {
    sqlite3_step(version_);
    const auto version = sqlite3_column_int64(version_, 0);
    sqlite3_reset(version_);
    return version;
}

std::string DatabaseWitness::digest() {
    std::vector<std::string> tables;
    const auto list =
        prepare(handle_, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    while (sqlite3_step(list.get()) == SQLITE_ROW) tables.push_back(text_at(list.get(), 0));
    std::string all;
    for (const auto& table : tables) all += table + '\n' + rows_of(table);
    std::array<unsigned char, 32> bytes{};
    EVP_Digest(all.data(), all.size(), bytes.data(), nullptr, EVP_sha256(), nullptr);
    return {bytes.begin(), bytes.end()};
}

std::string DatabaseWitness::rows_of(const std::string& table) {
    std::string rows;
    const auto select = prepare(handle_, "SELECT * FROM \"" + table + "\"");
    while (sqlite3_step(select.get()) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(select.get()); ++column) {
            rows += text_at(select.get(), column) + '\x1f';
        }
        rows += '\n';
    }
    return rows;
}

}  // namespace imagify::testing
