#include "adapters/sqlite/migrations.hpp"

#include <fstream>

#include "unit/sqlite/books_fixture.hpp"

namespace imagify::testing {

using sqlite::Connection;
using sqlite::OpenMode;
using sqlite::StoreMode;

TEST_F(BooksTest, NewFileGetsTheNewestSchema) {
    Connection connection(file(), OpenMode::ReadWrite);

    sqlite::migrate(connection);

    EXPECT_EQ(ask_raw(file(), "PRAGMA user_version"), std::to_string(sqlite::newest_schema()));
}

TEST_F(BooksTest, MigratingTwiceChangesNothing) {
    Connection connection(file(), OpenMode::ReadWrite);
    sqlite::migrate(connection);
    const auto before = ask_raw(file(), "SELECT group_concat(sql) FROM sqlite_schema");

    sqlite::migrate(connection);

    EXPECT_EQ(ask_raw(file(), "SELECT group_concat(sql) FROM sqlite_schema"), before);
    EXPECT_TRUE(connection.autocommit());
}

TEST_F(BooksTest, SchemaOfANewerProgramIsRefusedAndLeftAlone) {
    reopen();
    make_account("an@example.vn");
    store.reset();
    const auto newer = std::to_string(sqlite::newest_schema() + 1);
    ASSERT_EQ(run_raw(file(), "PRAGMA user_version = " + newer), "");

    for (const auto mode : {StoreMode::Server, StoreMode::Simulation}) {
        const auto refused = open(mode);

        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
        EXPECT_EQ(refused.error().code, "store.unavailable");
        EXPECT_TRUE(refused.error().detail.contains("newer")) << refused.error().detail;
        EXPECT_TRUE(refused.error().detail.contains("schema " + newer));
    }
    EXPECT_EQ(ask_raw(file(), "PRAGMA user_version"), newer);
    EXPECT_EQ(ask_raw(file(), "SELECT count(*) FROM users"), "1");
}

TEST_F(BooksTest, FailedMigrationLeavesNoHalfOfItself) {
    ASSERT_EQ(run_raw(file(), "CREATE TABLE generations (in_the_way INTEGER)"), "");

    const auto refused = open(StoreMode::Server);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(ask_raw(file(), "PRAGMA user_version"), "0");
    EXPECT_EQ(ask_raw(file(), "SELECT count(*) FROM sqlite_schema"), "1");
}

TEST_F(BooksTest, OrdersOfTheFirstSchemaLoseNothingOnTheWay) {
    reopen();
    write_books();
    store.reset();
    // Back to how version 1 stored it: without what later versions brought.
    ASSERT_EQ(run_raw(file(),
                      "DROP TABLE recovery_codes; DROP TABLE sessions; DROP TABLE account_links;"
                      "DROP TABLE former_emails;"
                      "DROP TABLE mail_outbox;"
                      "ALTER TABLE users DROP COLUMN email_verified_at;"
                      "ALTER TABLE users DROP COLUMN gift_pending;"
                      "ALTER TABLE users DROP COLUMN otp_enabled_at;"
                      "ALTER TABLE users DROP COLUMN otp_secret;"
                      "ALTER TABLE users DROP COLUMN otp_last_step;"
                      "ALTER TABLE users DROP COLUMN deleted_at;"
                      "ALTER TABLE users DROP COLUMN sessions_ended_at;"
                      "DROP TABLE refunds; DROP TABLE audit_log;"
                      "DROP INDEX review_items_open;"
                      "DROP INDEX review_items_by_gateway_transaction;"
                      "ALTER TABLE review_items DROP COLUMN gateway_transaction;"
                      "ALTER TABLE review_items DROP COLUMN resolution;"
                      "PRAGMA user_version = 1"),
              "");
    const auto before =
        ask_raw(file(), "SELECT group_concat(order_id || status || amount_vnd) FROM orders");

    reopen();

    EXPECT_EQ(ask_raw(file(), "PRAGMA user_version"), std::to_string(sqlite::newest_schema()));
    EXPECT_EQ(ask_raw(file(), "SELECT group_concat(order_id || status || amount_vnd) FROM orders"),
              before);
    EXPECT_EQ(ask_raw(file(), "SELECT count(*) FROM payment_notices"), "2");
    EXPECT_EQ(ask_raw(file(), "SELECT count(*) FROM pragma_foreign_key_check"), "0");
    EXPECT_TRUE(run_task(store->verify())->empty());
    EXPECT_EQ(run_raw(file(), "UPDATE orders SET status = 'refunding' WHERE paid_at IS NOT NULL"),
              "");
}

TEST_F(BooksTest, FileThatIsNoDatabaseIsRefusedAndLeftAlone) {
    const std::string text = "Dear diary, " + std::string(5'000, 'x');
    std::ofstream(file()) << text;

    const auto refused = open(StoreMode::Server);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.unavailable");
    EXPECT_TRUE(refused.error().detail.contains(file().string()));
    EXPECT_EQ(std::filesystem::file_size(file()), text.size());
}

TEST_F(BooksTest, MissingFolderIsUnavailable) {
    for (const auto mode : {StoreMode::Server, StoreMode::Simulation, StoreMode::ReadOnly}) {
        const auto refused = sqlite::SqliteStore::open(
            {.file = folder.path() / "absent" / "imagify.db", .mode = mode, .clock = &clock});

        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    }
}

TEST_F(BooksTest, ConnectionKeepsWhatTheMoneyReliesOn) {
    Connection connection(file(), OpenMode::ReadWrite);
    const auto setting = [&](const char* pragma) {
        sqlite::Query query(connection, pragma);
        query.step();
        return query.text(0);
    };

    EXPECT_EQ(setting("PRAGMA synchronous"), "2");  // FULL.
    EXPECT_EQ(setting("PRAGMA foreign_keys"), "1");
    EXPECT_EQ(setting("PRAGMA journal_mode"), "wal");
}

}  // namespace imagify::testing
