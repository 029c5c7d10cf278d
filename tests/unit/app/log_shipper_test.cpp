#include "app/backup/log_shipper.hpp"

#include "unit/app/backup_fixture.hpp"

namespace imagify::testing {

class LogShipperTest : public BackupTest {
protected:
    LogShipperTest() : BackupTest(true) { start(); }

    void start() {
        shipper.emplace(LogShipper::Parts{
            .data = data, .backups = backups, .store = *storage->books, .clock = clock});
        storage->picture_files->tell_of_published(
            [this](const fs::path& file) { shipper->picture_published(file); });
    }

    /// A process that ends, and the next one.
    void start_again() {
        shipper.reset();
        close();
        open();
        start();
    }

    void back_up_and_follow() {
        ASSERT_TRUE(shipper->begin());
        const auto report = back_up();
        ASSERT_TRUE(report) << report.error().detail;
        ASSERT_TRUE(shipper->go_on_from(report->place.filename().string()));
    }

    void charge(int number) {
        const auto id = fmt::format("g_{:026}", number);
        charge_picture(UserId("u_00000000000000000000000001"), id, "picture " + id);
    }

    void open_session(int number, std::size_t bytes) {
        ASSERT_TRUE(run_task(storage->store->open_session(
            {.id = SessionId(fmt::format("s_{:026}", number)),
             .user_id = UserId("u_00000000000000000000000001"),
             .address = "",
             .device = std::string(bytes, static_cast<char>('a' + number % 26)),
             .created_at = clock.now(),
             .expires_at = clock.now() + std::chrono::hours{1}},
            {})));
    }

    /// Enough to fill the log several times over.
    void write_much(int round = 0) {
        for (int i = 0; i < 40; ++i) {
            open_session(round * 1000 + i, 200'000);
            if (i % 5 == 0) {
                ASSERT_TRUE(shipper->ship());
            }
        }
    }

    /// The data folder of this process is gone.
    Result<RestoreReport> lose_and_restore() {
        shipper.reset();
        close();
        fs::remove_all(data);
        return restore();
    }

    fs::path log_folder() const { return *newest_shipped_log(backups); }

    std::optional<LogShipper> shipper;
};

TEST_F(LogShipperTest, WhatWasShippedAfterTheBackupIsRestored) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());

    const auto done = lose_and_restore();

    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_TRUE(done->with_log);
    EXPECT_EQ(restored_picture("g_00000000000000000000000013"),
              "picture g_00000000000000000000000013");
}

TEST_F(LogShipperTest, NothingIsWholeBeforeTheFirstBackup) {
    EXPECT_FALSE(shipper->is_whole());
    back_up_and_follow();
    EXPECT_TRUE(shipper->is_whole());
}

TEST_F(LogShipperTest, WhatWasWrittenWhileTheBackupWasMadeIsRestored) {
    meanwhile = [this] { charge(13); };
    back_up_and_follow();

    ASSERT_TRUE(lose_and_restore());

    EXPECT_EQ(restored_picture("g_00000000000000000000000013"),
              "picture g_00000000000000000000000013");
}

TEST_F(LogShipperTest, LogThatSqliteBeganAnewIsFollowed) {
    back_up_and_follow();
    write_much();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    ASSERT_TRUE(fs::exists(log_folder() / "2.log"));

    const auto done = lose_and_restore();

    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(restored_picture("g_00000000000000000000000013"),
              "picture g_00000000000000000000000013");
}

// Between SQLite's leave to begin the log anew and the write that does it, the old one is there.
TEST_F(LogShipperTest, BackupRightAfterTheLogWasBegunAnewIsFollowed) {
    back_up_and_follow();
    for (int i = 0; i < 25; ++i) {
        open_session(i, 200'000);
        ASSERT_TRUE(shipper->ship());
        back_up_and_follow();
        open_session(1'000 + i, 10);
        ASSERT_TRUE(shipper->ship()) << i;
    }
}

TEST_F(LogShipperTest, LogThatNobodyFollowsStaysSmall) {
    // No backup was ever made.
    for (int round = 0; round < 3; ++round) {
        clock.advance(std::chrono::minutes{2});
        write_much(round);
    }

    EXPECT_LT(fs::file_size(data / "imagify.db-wal"), 20U << 20U);
}

TEST_F(LogShipperTest, LogStaysSmallWhileItIsShipped) {
    back_up_and_follow();
    write_much();

    EXPECT_LT(fs::file_size(data / "imagify.db-wal"), 8U << 20U);
}

TEST_F(LogShipperTest, NextProcessGoesOnWhereTheLastStopped) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    charge(14);  // Not shipped: the process was killed.
    start_again();
    EXPECT_TRUE(shipper->is_whole());
    charge(15);
    ASSERT_TRUE(shipper->ship());

    const auto done = lose_and_restore();

    ASSERT_TRUE(done) << done.error().detail;
    for (const auto* id : {"g_00000000000000000000000014", "g_00000000000000000000000015"}) {
        EXPECT_EQ(restored_picture(id), "picture " + std::string(id));
        fs::remove(restored / "instance.lock");
    }
}

TEST_F(LogShipperTest, ChangesThatNobodyFollowedNeedANewBackup) {
    back_up_and_follow();
    shipper.reset();
    close();
    // A process that does not ship writes, and takes the log away at its end.
    log_is_shipped_ = false;
    open();
    charge(13);
    close();
    log_is_shipped_ = true;
    open();
    start();

    EXPECT_FALSE(shipper->is_whole());
}

TEST_F(LogShipperTest, PictureDeletedSinceTheBackupDoesNotComeBack) {
    back_up_and_follow();
    const GenerationId id("g_00000000000000000000000011");
    ASSERT_TRUE(run_task(storage->store->delete_generation(UserId("u_00000000000000000000000001"),
                                                           id, clock.now())));
    ASSERT_TRUE(shipper->ship());

    ASSERT_TRUE(lose_and_restore());

    EXPECT_FALSE(fs::exists(restored / "blobs/11/g_00000000000000000000000011.original"));
    EXPECT_TRUE(fs::exists(restored / "blobs/12/g_00000000000000000000000012.original"));
}

TEST_F(LogShipperTest, EveryChangedByteOfWhatWasPromisedIsNoticed) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    const auto log = log_folder() / "1.log";
    const auto bytes = fs::file_size(log);
    ASSERT_GT(bytes, 0U);
    shipper.reset();
    close();
    for (std::uintmax_t at = 7; at < bytes; at += bytes / 40) {
        std::string byte(1, '\0');
        std::ifstream(log, std::ios::binary).seekg(std::streamoff(at)).read(byte.data(), 1);
        const std::string changed(1, static_cast<char>(byte[0] ^ 0x10));
        overwrite(log, std::streamoff(at), changed);

        const auto done = restore();

        EXPECT_FALSE(done) << at;
        EXPECT_EQ(done ? "" : done.error().code, "backup.damaged");
        overwrite(log, std::streamoff(at), byte);
        fs::remove_all(restored);
    }
    EXPECT_TRUE(restore());
}

TEST_F(LogShipperTest, MissingLogFileIsNoticed) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    fs::remove(log_folder() / "1.log");

    const auto done = lose_and_restore();

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "backup.damaged");
}

TEST_F(LogShipperTest, HalfWrittenEndOfTheLogIsLeftOut) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    std::ofstream(log_folder() / "1.log", std::ios::app) << std::string(5'000, 'x');
    std::ofstream(log_folder() / "marks", std::ios::app) << "1 99";

    const auto done = lose_and_restore();

    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(restored_picture("g_00000000000000000000000013"),
              "picture g_00000000000000000000000013");
}

TEST_F(LogShipperTest, NamedBackupIsRestoredAlone) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    const auto newest = list_backups(backups).back();
    shipper.reset();
    close();

    const auto done = restore_backup({.from = newest, .data = restored}, [](const std::string&) {});

    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_FALSE(done->with_log);
    EXPECT_EQ(restored_picture("g_00000000000000000000000013"), "blob.not_found");
}

TEST_F(LogShipperTest, NextBackupReplacesWhatFollowedTheFirst) {
    back_up_and_follow();
    charge(13);
    ASSERT_TRUE(shipper->ship());
    back_up_and_follow();

    EXPECT_EQ(list_backups(continuous_folder(backups)).size(), 1U);
    EXPECT_FALSE(fs::exists(log_folder() / "blobs"));
    ASSERT_TRUE(lose_and_restore());
    EXPECT_EQ(restored_picture("g_00000000000000000000000013"),
              "picture g_00000000000000000000000013");
}

TEST_F(LogShipperTest, FailureToWriteStopsShippingAndSaysSo) {
    back_up_and_follow();
    std::ofstream(log_folder() / "blobs") << "in the way of a folder";
    charge(13);

    const auto shipped = shipper->ship();

    ASSERT_FALSE(shipped);
    EXPECT_EQ(shipped.error().code, "backup.failed");
    EXPECT_FALSE(shipper->is_whole());
    EXPECT_TRUE(shipper->ship());
}

TEST_F(LogShipperTest, FolderOfBackupsThatIsGoneIsNotWhole) {
    back_up_and_follow();
    fs::remove_all(backups);

    EXPECT_FALSE(shipper->is_whole());
    back_up_and_follow();
    EXPECT_TRUE(shipper->is_whole());
}

}  // namespace imagify::testing
