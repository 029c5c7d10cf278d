#include "unit/sqlite/books_fixture.hpp"

#include <sqlite3.h>

namespace imagify::testing {
namespace {

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)>;

Handle open_raw(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    return {handle, &sqlite3_close_v2};
}

std::string execute(sqlite3* handle, const std::string& sql) {
    char* message = nullptr;
    sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
    const std::string text = message == nullptr ? "" : message;
    sqlite3_free(message);
    return text;
}

}  // namespace

std::string run_raw(const std::filesystem::path& file, const std::string& sql) {
    const auto handle = open_raw(file);
    return execute(handle.get(),
                   "PRAGMA foreign_keys = OFF;"
                   "PRAGMA ignore_check_constraints = ON;" +
                       sql);
}

std::string ask_raw(const std::filesystem::path& file, const std::string& sql) {
    const auto handle = open_raw(file);
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle.get(), sql.c_str(), -1, &statement, nullptr);
    std::string text;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return text;
}

Result<std::unique_ptr<sqlite::SqliteStore>> BooksTest::open(sqlite::StoreMode mode) {
    return sqlite::SqliteStore::open({.file = file(), .mode = mode, .clock = &clock});
}

void BooksTest::reopen(sqlite::StoreMode mode) {
    store.reset();
    auto opened = open(mode);
    ASSERT_TRUE(opened) << opened.error().detail;
    store = std::move(*opened);
}

Account BooksTest::make_account(const std::string& email, Credits gift) {
    const auto account =
        run_task(store->create_account({.id = UserId(new_ulid("u_", clock, random)),
                                        .email = *Email::parse(email),
                                        .name = "An",
                                        .password_hash = "hash",
                                        .gift = gift,
                                        .created_at = clock.now()}));
    EXPECT_TRUE(account);
    return account.value_or(Account{});
}

Order BooksTest::make_order(const UserId& user) {
    const auto now = clock.now();
    const auto order =
        run_task(store->create_order({.order = {.id = OrderId(new_ulid("", clock, random)),
                                                .user_id = user,
                                                .plan_id = "basic",
                                                .credits = {100},
                                                .amount = {250'000},
                                                .created_at = now,
                                                .expires_at = now + std::chrono::minutes(15),
                                                .client_address = "127.0.0.1",
                                                .gateway_locale = "vn"},
                                      .key = std::nullopt,
                                      .first_check_at = now + std::chrono::minutes(5)}));
    EXPECT_TRUE(order);
    return order.value_or(Order{});
}

Generation BooksTest::hold(const UserId& user) {
    const auto outcome =
        run_task(store->place_hold({.generation = {.id = GenerationId(new_ulid("", clock, random)),
                                                   .user_id = user,
                                                   .order = {.prompt = "chợ nổi lúc bình minh"},
                                                   .price = kPicturePrice,
                                                   .created_at = clock.now(),
                                                   .deadline = clock.now() + kHoldDeadline,
                                                   .lease = "p_1"},
                                    .key = std::nullopt}));
    EXPECT_TRUE(outcome);
    return outcome ? outcome->generation : Generation{};
}

void BooksTest::write_books() {
    const auto an = make_account("an@example.vn");
    const auto binh = make_account("binh@example.vn", {0});
    const auto paid = make_order(an.id);
    const auto failed = make_order(an.id);
    make_order(binh.id);
    EXPECT_TRUE(run_task(store->settle_order({.order_id = paid.id,
                                              .amount = paid.amount,
                                              .gateway_transaction = "14226112",
                                              .bank_code = "NCB",
                                              .now = clock.now(),
                                              .evidence = "signed"})));
    EXPECT_TRUE(run_task(store->mark_order({.order_id = failed.id,
                                            .status = OrderStatus::Failed,
                                            .failure = PaymentFailure::Cancelled,
                                            .now = clock.now()})));
    const auto ready = hold(an.id);
    const auto broken = hold(an.id);
    hold(an.id);
    EXPECT_TRUE(run_task(store->capture({.id = ready.id,
                                         .lease = "p_1",
                                         .picture = {.mime = "image/png",
                                                     .width_px = 8,
                                                     .height_px = 8,
                                                     .size_bytes = 7,
                                                     .sha256 = std::string(64, 'a'),
                                                     .color = "#102030",
                                                     .engine = "demo"},
                                         .now = clock.now()})));
    EXPECT_TRUE(run_task(store->release({.id = broken.id,
                                         .to = GenerationState::Failed,
                                         .error = "painter.unavailable",
                                         .now = clock.now()})));
}

std::string BooksTest::violations() {
    const auto found = run_task(store->verify());
    if (!found) return "cannot verify: " + found.error().detail;
    std::string text;
    for (const auto& violation : *found) {
        text += violation.invariant + ": " + violation.subject + ": " + violation.detail + '\n';
    }
    return text;
}

}  // namespace imagify::testing
