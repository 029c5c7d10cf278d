#include "crash/books_check.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "adapters/demo_painter/demo_painter.hpp"
#include "crash/customer.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

std::string png() {
    const demo::Pixmap pixmap{
        .width = 8, .height = 8, .rgb = std::vector<std::uint8_t>(std::size_t{8} * 8 * 3, 9)};
    const auto bytes = demo::encode_png(pixmap);
    return {bytes.begin(), bytes.end()};
}

// That the checks after a kill can fail: each kind of damage is done by hand once.
class BooksCheckTest : public ::testing::Test {
protected:
    BooksCheckTest() {
        server.start();
        customer.sign_up(server.port());
        while (memory.ready.empty() || memory.paid.empty()) customer.live(server.port(), 20);
        EXPECT_THAT(customer.contradictions(), ::testing::IsEmpty());
        server.kill_now();
        server.start();
        while (open_holds(server.data()) > 0) server.ask("GET", "/readyz");
        EXPECT_TRUE(check().none());
    }

    Damage check() { return check_books(server.data(), {&memory}, facts); }

    void change(const char* sql) const {
        sqlite3* handle = nullptr;
        const auto file = server.data() / "imagify.db";
        ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
        sqlite3_busy_timeout(handle, 5'000);
        EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(handle);
        sqlite3_close(handle);
    }

    UpstreamServer painter{always(make_answer(200, {{"Content-Type", "image/png"}}, png()))};
    ServerProcess server{
        {"CLIPDROP_URL=" + painter.url(), "CLIPDROP_API=invented-key", "SIGNUP_CREDITS=1000"}};
    Customer customer{"an", 1};
    Memory& memory = customer.memory();
    std::uint64_t facts = 0;
};

TEST_F(BooksCheckTest, MissesWhatWasAcknowledged) {
    memory.accounts.insert("nobody@example.vn");
    memory.refunded.insert("01ABSENT");
    memory.paid.insert("01ABSENT");
    memory.ready.insert("01ABSENT");
    memory.orders["absent"] = {.id = "01ABSENT", .address = "", .number = ""};

    EXPECT_EQ(check().lost.size(), 5U);
}

TEST_F(BooksCheckTest, SeesWhatNobodyAskedFor) {
    memory.told.clear();
    memory.removed.insert(*memory.ready.begin());

    EXPECT_EQ(check().minted.size(), memory.paid.size() + 1);
}

TEST_F(BooksCheckTest, SeesAChargeWithoutAKey) {
    memory.pictures.clear();

    EXPECT_EQ(check().minted.size(), 1U);
}

TEST_F(BooksCheckTest, SeesCreditsThatComeAndGo) {
    change("UPDATE users SET credits = credits + 1");
    EXPECT_EQ(check().minted.size(), 1U);
    EXPECT_FALSE(check().broken.empty());

    change("UPDATE users SET credits = credits - 2");
    EXPECT_EQ(check().lost.size(), 1U);
}

TEST_F(BooksCheckTest, SeesAMissingPicture) {
    std::filesystem::remove_all(server.data() / "blobs");

    EXPECT_FALSE(check().broken.empty());
    customer.look_back(server.port());
    EXPECT_FALSE(customer.contradictions().empty());
}

}  // namespace
}  // namespace imagify::testing
