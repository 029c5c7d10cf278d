#include "adapters/sqlite/instance_lock.hpp"

#include "unit/sqlite/books_fixture.hpp"

namespace imagify::testing {

using sqlite::InstanceLock;
using sqlite::StoreMode;

TEST_F(BooksTest, SecondServerOfAFolderIsRefusedAndSaysWhy) {
    reopen(StoreMode::Server);

    const auto second = open(StoreMode::Server);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(second.error().code, "store.in_use");
    EXPECT_TRUE(second.error().detail.contains(folder.path().string()));
    EXPECT_TRUE(second.error().detail.contains("--data"));
    EXPECT_TRUE(run_task(store->check_writable()));
}

TEST_F(BooksTest, FolderIsFreeAfterItsServerEnds) {
    reopen(StoreMode::Server);
    make_account("an@example.vn");
    store.reset();

    reopen(StoreMode::Server);

    EXPECT_TRUE(run_task(store->find_login(*Email::parse("an@example.vn"))));
}

TEST_F(BooksTest, FolderIsFreeAfterAnOpenThatFailed) {
    reopen(StoreMode::Server);
    store.reset();
    const auto newest = ask_raw(file(), "PRAGMA user_version");
    ASSERT_EQ(run_raw(file(), "PRAGMA user_version = 1000"), "");
    ASSERT_FALSE(open(StoreMode::Server));
    ASSERT_EQ(run_raw(file(), "PRAGMA user_version = " + newest), "");

    EXPECT_TRUE(open(StoreMode::Server));
}

TEST_F(BooksTest, LockMovesWithItsOwner) {
    const auto path = folder.path() / "instance.lock";
    {
        auto lock = InstanceLock::acquire(path);
        ASSERT_TRUE(lock);
        const InstanceLock moved = std::move(*lock);
        EXPECT_FALSE(InstanceLock::acquire(path));
    }

    EXPECT_TRUE(InstanceLock::acquire(path));
}

TEST_F(BooksTest, LockInAFolderThatIsNotThereIsUnavailable) {
    const auto lock = InstanceLock::acquire(folder.path() / "absent" / "instance.lock");

    ASSERT_FALSE(lock);
    EXPECT_EQ(lock.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(lock.error().code, "store.unavailable");
}

}  // namespace imagify::testing
