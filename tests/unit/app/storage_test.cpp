#include "app/storage.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/worker.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

using sqlite::StoreMode;

class StorageTest : public ::testing::Test {
protected:
    Result<Storage> open(const std::filesystem::path& data, StoreMode mode) {
        return open_storage(data, mode, worker, clock, random);
    }

    TempFolder folder;
    Worker worker{0, 0};
    FakeClock clock;
    SeededRandom random;
};

TEST_F(StorageTest, ServerMakesItsFolder) {
    const auto data = folder.path() / "a" / "b";

    const auto storage = open(data, StoreMode::Server);

    ASSERT_TRUE(storage);
    EXPECT_TRUE(std::filesystem::exists(data / "imagify.db"));
    EXPECT_TRUE(run_task(storage->store->check_writable()));
}

TEST_F(StorageTest, CommandOnAFolderWithoutDataSaysSoAndMakesNothing) {
    const auto data = folder.path() / "absent";

    const auto storage = open(data, StoreMode::ReadOnly);

    ASSERT_FALSE(storage);
    EXPECT_EQ(storage.error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(storage.error().detail.contains("--data"));
    EXPECT_FALSE(std::filesystem::exists(data));
}

TEST_F(StorageTest, FileInThePlaceOfTheFolderIsUnavailable) {
    const auto data = folder.path() / "file";
    std::ofstream(data) << "x";

    const auto storage = open(data, StoreMode::Server);

    ASSERT_FALSE(storage);
    EXPECT_EQ(storage.error().kind, ErrorKind::Unavailable);
}

TEST_F(StorageTest, SecondServerOfAFolderIsRefused) {
    const auto first = open(folder.path(), StoreMode::Server);
    const auto second = open(folder.path(), StoreMode::Server);

    ASSERT_TRUE(first);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "store.in_use");
}

TEST_F(StorageTest, SessionSecretIsKeptForItsOwnerOnly) {
    const auto first = kept_jwt_secret(folder.path(), random);
    const auto second = kept_jwt_secret(folder.path(), random);

    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->reveal(), second->reveal());
    EXPECT_EQ(first->reveal().size(), 64U);
    const auto rights = std::filesystem::status(folder.path() / "jwt.secret").permissions();
    EXPECT_EQ(rights & std::filesystem::perms(077), std::filesystem::perms::none);
}

TEST_F(StorageTest, SessionSecretThatIsTooShortIsMadeAnew) {
    std::ofstream(folder.path() / "jwt.secret") << std::string(31, 'x');

    const auto secret = kept_jwt_secret(folder.path(), random);

    ASSERT_TRUE(secret);
    EXPECT_EQ(secret->reveal().size(), 64U);
    EXPECT_EQ(kept_jwt_secret(folder.path(), random)->reveal(), secret->reveal());
}

TEST_F(StorageTest, SessionSecretWithoutAFolderIsUnavailable) {
    const auto secret = kept_jwt_secret(folder.path() / "absent", random);

    ASSERT_FALSE(secret);
    EXPECT_EQ(secret.error().kind, ErrorKind::Unavailable);
}

}  // namespace imagify::testing
