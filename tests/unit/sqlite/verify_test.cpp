#include "unit/sqlite/books_fixture.hpp"

namespace imagify::testing {
namespace {

/// One way to falsify the books, and the invariant that has to notice.
struct Forgery {
    const char* name;
    const char* invariant;
    const char* sql;
};

void PrintTo(const Forgery& forgery, std::ostream* out) { *out << forgery.name; }

// Copies a table without its constraints, so that they can be broken.
#define IMAGIFY_LOOSEN(table)                                          \
    "CREATE TABLE loose AS SELECT * FROM " table "; DROP TABLE " table \
    "; ALTER TABLE loose RENAME TO " table ";"

// A refund of the paid order, in a state.
#define IMAGIFY_REFUND(state)                                                          \
    "INSERT INTO refunds SELECT 'R1', order_id, user_id, credits, amount_vnd, '" state \
    "', '', 'command', 1, iif('" state                                                 \
    "' = 'open', NULL, 1), NULL, 0 FROM orders WHERE"                                  \
    " status = 'paid';"

constexpr Forgery kForgeries[] = {
    {"CreditsOutOfNothing", "I1 credits + held = sum of the ledger",
     "UPDATE users SET credits = credits + 1 WHERE email = 'an@example.vn'"},
    {"CreditsOfSomebodyWithoutLedger", "I1 credits + held = sum of the ledger",
     "UPDATE users SET credits = 1 WHERE email = 'binh@example.vn'"},
    {"LedgerEntryWithoutCredits", "I1 credits + held = sum of the ledger",
     "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note, created_at)"
     " SELECT user_id, 'adjust', 'x', 1, credits + held + 1, '', 0 FROM users LIMIT 1"},
    {"HeldWithoutAHold", "I2 held = sum of open holds; nothing negative",
     "UPDATE users SET held = held + 1, credits = credits - 1 WHERE email = 'an@example.vn'"},
    {"HoldThatNobodyHolds", "I2 held = sum of open holds; nothing negative",
     "UPDATE generations SET state = 'failed', resolved_at = 1 WHERE state = 'pending'"},
    {"NegativeCredits", "I2 held = sum of open holds; nothing negative",
     "UPDATE users SET credits = -1 WHERE email = 'binh@example.vn'"},
    {"FalseRunningBalance", "I3 every ledger entry carries the running balance",
     "DROP TRIGGER ledger_is_never_changed;"
     "UPDATE ledger SET balance_after = balance_after + 1 WHERE id = 1"},
    {"RepeatedReference", "I3 every reference is unique",
     IMAGIFY_LOOSEN("ledger") "INSERT INTO ledger SELECT id + 1000, user_id, kind, ref, delta, "
                              "balance_after, note,"
                              " created_at FROM ledger WHERE kind = 'purchase'"},
    {"PaidWithoutPurchase", "I4 a paid order has its purchase",
     "UPDATE orders SET status = 'paid', paid_at = 1 WHERE status = 'pending'"},
    {"PaidForOtherCredits", "I4 a paid order has its purchase",
     "UPDATE orders SET credits = credits + 1 WHERE status = 'paid'"},
    {"PaidForSomebodyElse", "I4 a paid order has its purchase",
     "UPDATE orders SET user_id = (SELECT user_id FROM users WHERE email = 'binh@example.vn')"
     " WHERE status = 'paid'"},
    {"PurchaseOfAFailedOrder", "I4 a purchase has its paid order",
     "UPDATE orders SET status = 'failed', paid_at = NULL WHERE status = 'paid'"},
    {"PurchaseOfNoOrder", "I4 a purchase has its paid order",
     "DELETE FROM payment_notices; DELETE FROM orders WHERE status = 'paid'"},
    {"OnePaymentForTwoOrders", "I4 one gateway payment pays one order",
     "DROP INDEX orders_by_gateway_transaction; UPDATE orders SET gateway_transaction = '1'"},
    {"RefundingWithoutARefund", "I4 an order is refunding or refunded with its refund",
     "UPDATE orders SET status = 'refunding' WHERE status = 'paid'"},
    {"RefundOfAnOrderThatStaysPaid", "I4 an order is refunding or refunded with its refund",
     IMAGIFY_REFUND("done")},
    {"RefundThatTookNothing", "I4 a refund took its credits back once",
     IMAGIFY_REFUND("done") "UPDATE orders SET status = 'refunded' WHERE status = 'paid'"},
    {"OpenRefundWithoutAHold", "I2 held = sum of open holds; nothing negative",
     IMAGIFY_REFUND("open") "UPDATE orders SET status = 'refunding' WHERE status = 'paid'"},
    {"CreditsLeftForNoRefund", "I4 credits leave for a refund only",
     "UPDATE users SET credits = credits - 1 WHERE email = 'an@example.vn';"
     "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note, created_at)"
     " SELECT user_id, 'refund', 'R9', -1, credits + held, '', 0 FROM users"
     " WHERE email = 'an@example.vn'"},
    {"SecondPaymentThatNobodyApproved", "I4 a second payment is credited by a person's word only",
     "UPDATE users SET credits = credits + 1 WHERE email = 'an@example.vn';"
     "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note, created_at)"
     " SELECT user_id, 'adjust', 'review:99', 1, credits + held, '', 0 FROM users"
     " WHERE email = 'an@example.vn'"},
    {"ReadyWithoutCapture", "I6 a ready picture was charged once",
     "DROP TRIGGER ledger_is_never_deleted; DELETE FROM ledger WHERE kind = 'capture'"},
    {"ReadyAtAnotherPrice", "I6 a ready picture was charged once",
     "UPDATE generations SET price = 2 WHERE state = 'ready'"},
    {"ReadyAtAnothersExpense", "I6 a ready picture was charged once",
     "UPDATE generations SET user_id ="
     " (SELECT user_id FROM users WHERE email = 'binh@example.vn') WHERE state = 'ready'"},
    {"FailedButCharged", "I6 a picture that failed was not charged",
     "UPDATE generations SET state = 'failed', sha256 = '' WHERE state = 'ready'"},
    {"HeldButCharged", "I6 a picture that failed was not charged",
     "UPDATE generations SET state = 'pending', sha256 = '', resolved_at = NULL"
     " WHERE state = 'ready'"},
    {"TwoAccountsOfOneAddress", "I12 e-mail addresses are unique",
     "CREATE TABLE loose (user_id TEXT PRIMARY KEY, email, name, locale, role, password_hash,"
     " credits, held, session_epoch, created_at, email_verified_at, gift_pending, otp_secret,"
     " otp_enabled_at, otp_last_step, deleted_at, sessions_ended_at);"
     "INSERT INTO loose SELECT * FROM users; DROP TABLE users;"
     "ALTER TABLE loose RENAME TO users; UPDATE users SET email = 'an@example.vn'"},
    {"PageThatNobodyOwns", "file integrity",
     "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'ledger_by_user';"
     "PRAGMA schema_version = 9999"},
    {"IndexThatMissesItsRows", "file integrity",
     "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET"
     " sql = 'CREATE INDEX ledger_by_user ON ledger (note, id)' WHERE name = 'ledger_by_user';"
     "PRAGMA schema_version = 9999"},
    {"RowThatPointsNowhere", "references",
     "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note, created_at)"
     " VALUES ('u_ghost', 'grant', 'ghost', 1, 1, '', 0)"},
    {"OrderOfNobody", "references", "UPDATE orders SET user_id = 'u_ghost'"},
};

}  // namespace

class VerifyTest : public BooksTest, public ::testing::WithParamInterface<Forgery> {};

TEST_P(VerifyTest, FindsTheForgery) {
    reopen();
    write_books();
    ASSERT_EQ(violations(), "");

    ASSERT_EQ(run_raw(file(), GetParam().sql), "");

    EXPECT_TRUE(violations().contains(std::string(GetParam().invariant) + ": ")) << violations();
}

INSTANTIATE_TEST_SUITE_P(Forgeries, VerifyTest, ::testing::ValuesIn(kForgeries),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_F(BooksTest, GoodBooksHaveNoViolationAfterAReopen) {
    reopen();
    EXPECT_EQ(violations(), "");
    write_books();

    reopen(sqlite::StoreMode::Server);

    EXPECT_EQ(violations(), "");
}

TEST_F(BooksTest, ViolationNamesWhoAndHowMuch) {
    reopen();
    const auto account = make_account("an@example.vn");

    ASSERT_EQ(run_raw(file(), "UPDATE users SET credits = 9"), "");

    EXPECT_EQ(violations(), "I1 credits + held = sum of the ledger: " + account.id.text() +
                                ": credits 9 + held 0 <> ledger 5\n");
}

TEST_F(BooksTest, VerifyRunsBesideTheServerAndReadsItsLastCommit) {
    reopen(sqlite::StoreMode::Server);
    write_books();
    auto beside = open(sqlite::StoreMode::ReadOnly);
    ASSERT_TRUE(beside);

    const auto found = run_task((*beside)->verify());
    const auto refused = run_task((*beside)->check_writable());

    ASSERT_TRUE(found);
    EXPECT_TRUE(found->empty());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
}

TEST_F(BooksTest, LedgerRowsAreNeitherChangedNorDeletedNorReplaced) {
    reopen();
    write_books();
    const auto before = ask_raw(file(), "SELECT group_concat(id || kind || delta) FROM ledger");

    EXPECT_EQ(run_raw(file(), "UPDATE ledger SET delta = 1000"), "the ledger is append-only");
    EXPECT_EQ(run_raw(file(), "UPDATE ledger SET note = 'x' WHERE id = 1"),
              "the ledger is append-only");
    EXPECT_EQ(run_raw(file(), "DELETE FROM ledger"), "the ledger is append-only");
    EXPECT_EQ(run_raw(file(), "DELETE FROM ledger WHERE id = 1"), "the ledger is append-only");

    EXPECT_EQ(ask_raw(file(), "SELECT group_concat(id || kind || delta) FROM ledger"), before);
}

}  // namespace imagify::testing
