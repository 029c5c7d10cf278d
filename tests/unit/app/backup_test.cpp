#include "unit/app/backup_fixture.hpp"

namespace imagify::testing {

TEST_F(BackupTest, RestoredFolderHasTheBooksAndThePictures) {
    const auto report = back_up();
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->facts.accounts, 1);
    EXPECT_EQ(report->facts.ledger_rows, 3);
    EXPECT_EQ(report->pictures, 2U);

    const auto done = restore();

    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(restored_picture("g_00000000000000000000000011"), "a picture");
    EXPECT_EQ(restored_picture("g_00000000000000000000000012"), "another picture");
}

TEST_F(BackupTest, PictureChargedWhileTheDatabaseIsCopiedDoesNotBreakTheBackup) {
    meanwhile = [this] {
        charge_picture(UserId("u_00000000000000000000000001"), "g_00000000000000000000000013",
                       "late");
    };

    ASSERT_TRUE(back_up());
    ASSERT_TRUE(restore());

    EXPECT_FALSE(meanwhile);
}

TEST_F(BackupTest, SecondBackupLinksThePicturesOfTheFirst) {
    ASSERT_TRUE(back_up());
    charge_picture(UserId("u_00000000000000000000000001"), "g_00000000000000000000000013", "new");

    const auto second = back_up();

    ASSERT_TRUE(second);
    EXPECT_EQ(second->pictures, 3U);
    EXPECT_EQ(second->copied, 2U);
}

TEST_F(BackupTest, BackupStaysWholeWhenTheOneItLinkedToIsRemoved) {
    ASSERT_TRUE(back_up());

    const auto second = back_up(1);

    ASSERT_TRUE(second);
    EXPECT_EQ(second->pruned, 1U);
    EXPECT_EQ(list_backups(backups).size(), 1U);
    EXPECT_TRUE(restore());
}

TEST_F(BackupTest, InterruptedBackupIsNoneAndGoesWithTheNext) {
    const auto left = backups / "20260101T000000.000Z.partial";
    fs::create_directories(left);
    std::ofstream(left / "imagify.db") << "half";

    EXPECT_FALSE(restore());
    ASSERT_TRUE(back_up());

    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(restore());
}

TEST_F(BackupTest, PictureThatIsDamagedAlreadyIsNotBackedUpAsIfItWereWhole) {
    overwrite(data / "blobs/11/g_00000000000000000000000011.original", 2, "XX");

    const auto report = back_up();

    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "backup.damaged");
    EXPECT_TRUE(list_backups(backups).empty());
}

TEST_F(BackupTest, FolderWithoutDataIsNotBackedUp) {
    data = folder.path() / "absent";

    const auto report = back_up();

    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(report.error().detail.contains("--data"));
}

TEST_F(BackupTest, TwoAtOnceAreRefused) {
    const auto running = Backups::open(backups);
    ASSERT_TRUE(running);

    const auto report = back_up();

    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "backup.in_use");
}

TEST_F(BackupTest, RestoreDoesNotTouchAFolderThatHoldsSomething) {
    ASSERT_TRUE(back_up());
    fs::create_directories(restored);
    std::ofstream(restored / "mine") << "x";

    const auto done = restore();

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "restore.not_empty");
    EXPECT_TRUE(fs::exists(restored / "mine"));
}

/// One way in which a backup may be damaged.
struct Damage {
    const char* name;
    std::function<void(const fs::path&)> inflict;
};

class DamagedBackupTest : public BackupTest, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamagedBackupTest, IsRefusedAndLeavesNoFolder) {
    const auto report = back_up();
    ASSERT_TRUE(report);
    GetParam().inflict(report->place);

    const auto done = restore();

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "backup.damaged") << done.error().detail;
    EXPECT_FALSE(fs::exists(restored));
    EXPECT_FALSE(fs::exists(folder.path() / "restored.restoring"));
}

const auto kOriginal = "blobs/11/g_00000000000000000000000011.original";

INSTANTIATE_TEST_SUITE_P(
    , DamagedBackupTest,
    ::testing::Values(
        Damage{"HeaderOfTheDatabase",
               [](const fs::path& place) {
                   std::fstream(place / "imagify.db", std::ios::in | std::ios::out) << "SQLite";
                   std::fstream stream(place / "imagify.db", std::ios::in | std::ios::out);
                   stream.seekp(18);
                   stream << '\7';
               }},
        Damage{"PageOfTheDatabase",
               [](const fs::path& place) {
                   std::fstream stream(place / "imagify.db", std::ios::in | std::ios::out);
                   stream.seekp(8192 + 100);
                   stream << "damage";
               }},
        Damage{"TruncatedDatabase",
               [](const fs::path& place) {
                   fs::resize_file(place / "imagify.db", fs::file_size(place / "imagify.db") - 1);
               }},
        Damage{"LongerDatabase",
               [](const fs::path& place) {
                   std::ofstream(place / "imagify.db", std::ios::app) << 'x';
               }},
        Damage{"MissingDatabase", [](const fs::path& place) { fs::remove(place / "imagify.db"); }},
        Damage{"Picture",
               [](const fs::path& place) { std::ofstream(place / kOriginal) << "a pictura"; }},
        Damage{"TruncatedPicture",
               [](const fs::path& place) { fs::resize_file(place / kOriginal, 3); }},
        Damage{"MissingPicture", [](const fs::path& place) { fs::remove(place / kOriginal); }},
        Damage{"Thumbnail",
               [](const fs::path& place) {
                   std::ofstream(place / "blobs/11/g_00000000000000000000000011.thumbnail") << "x";
               }},
        Damage{"MissingChecksums", [](const fs::path& place) { fs::remove(place / "SHA256SUMS"); }},
        Damage{"TornChecksums",
               [](const fs::path& place) {
                   fs::resize_file(place / "SHA256SUMS", fs::file_size(place / "SHA256SUMS") - 1);
               }},
        Damage{"ChecksumsWithoutAPicture",
               [](const fs::path& place) {
                   auto checksums = *read_checksums(place);
                   checksums.erase(kOriginal);
                   fs::remove(place / "SHA256SUMS");
                   ASSERT_TRUE(write_checksums(place, checksums));
               }},
        Damage{"PathThatClimbsOut",
               [](const fs::path& place) {
                   std::ofstream(place / "SHA256SUMS", std::ios::app)
                       << std::string(64, '0') << "  ../../outside\n";
               }}),
    [](const auto& info) { return info.param.name; });

}  // namespace imagify::testing
