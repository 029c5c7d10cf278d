#include "adapters/sqlite/migrations.hpp"

#include <sqlite3.h>

#include <array>

#include "adapters/sqlite/schema_1.hpp"
#include "adapters/sqlite/schema_2.hpp"
#include "adapters/sqlite/schema_3.hpp"
#include "adapters/sqlite/schema_4.hpp"

namespace imagify::sqlite {
namespace {

struct Migration {
    std::array<const char*, 3> steps;
    const char* mark;
};

constexpr std::array kMigrations = {
    Migration{{kAccounts, kOrders, kGenerations}, "PRAGMA user_version = 1;"},
    Migration{{kOrdersAgain, kRefunds, kOperators}, "PRAGMA user_version = 2;"},
    Migration{{kPeople, kSessions, kMails}, "PRAGMA user_version = 3;"},
    Migration{{kLogInsSince, "", ""}, "PRAGMA user_version = 4;"},
};

int schema_version(Connection& connection) {
    Query query(connection, "PRAGMA user_version");
    query.step();
    return static_cast<int>(query.integer(0));
}

void refuse_dangling_references(Connection& connection) {
    Query query(connection, "PRAGMA foreign_key_check");
    if (!query.step()) return;
    throw SqliteError(SQLITE_CONSTRAINT_FOREIGNKEY, "the migration would leave a row of " +
                                                        query.text(0) + " without its parent");
}

}  // namespace

int newest_schema() { return static_cast<int>(kMigrations.size()); }

void migrate(Connection& connection) {
    const int present = schema_version(connection);
    if (present > newest_schema()) {
        throw SqliteError(SQLITE_MISUSE, "a newer Imagify wrote this data (schema " +
                                             std::to_string(present) + ", this program knows " +
                                             std::to_string(newest_schema()) +
                                             "): start the newer program");
    }
    if (present == newest_schema()) return;
    // A table that is copied and dropped would take its children with it. Only outside a
    // transaction can the keys be switched off.
    connection.execute("PRAGMA foreign_keys = OFF");
    connection.execute("BEGIN IMMEDIATE");
    try {
        // Another process may have been faster.
        for (auto next = static_cast<std::size_t>(schema_version(connection));
             next < kMigrations.size(); ++next) {
            for (const char* step : kMigrations[next].steps) connection.execute(step);
            connection.execute(kMigrations[next].mark);
        }
        refuse_dangling_references(connection);
        connection.execute("COMMIT");
    } catch (...) {
        if (!connection.autocommit()) connection.execute("ROLLBACK");
        throw;
    }
    connection.execute("PRAGMA foreign_keys = ON");
}

}  // namespace imagify::sqlite
