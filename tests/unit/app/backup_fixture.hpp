#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "app/backup/backups.hpp"
#include "app/backup/checksums.hpp"
#include "app/backup/take_backup.hpp"
#include "app/storage.hpp"
#include "base/worker.hpp"
#include "support/blob_texts.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

namespace fs = std::filesystem;

/// A data folder with an account and two charged pictures, and a folder for its backups.
class BackupTest : public ::testing::Test {
protected:
    explicit BackupTest(bool log_is_shipped = false) : log_is_shipped_(log_is_shipped) {
        open();
        // ids end in what names their shard
        const UserId user("u_00000000000000000000000001");
        EXPECT_TRUE(
            run_task(storage->store->create_account({.id = user,
                                                     .email = *Email::parse("an@example.vn"),
                                                     .password_hash = "hash",
                                                     .gift = Credits{5}})));
        charge_picture(user, "g_00000000000000000000000011", "a picture");
        charge_picture(user, "g_00000000000000000000000012", "another picture");
    }

    void charge_picture(const UserId& user, const std::string& text, const std::string& bytes) {
        const GenerationId id(text);
        ASSERT_TRUE(run_task(storage->store->place_hold(
            {.generation = {.id = id,
                            .user_id = user,
                            .order = {.prompt = "a cat"},
                            .price = Credits{1},
                            .created_at = clock.now(),
                            .deadline = clock.now() + std::chrono::minutes{2},
                            .lease = "us"},
             .key = std::nullopt})));
        ASSERT_TRUE(put_blob(*storage->blobs, {id, BlobVariant::Original}, bytes));
        ASSERT_TRUE(put_blob(*storage->blobs, {id, BlobVariant::Thumbnail}, "small " + bytes));
        const auto digest =
            hash_file(data / "blobs" / text.substr(text.size() - 2) / (text + ".original"));
        ASSERT_TRUE(digest);
        ASSERT_TRUE(run_task(storage->store->capture(
            {.id = id,
             .lease = "us",
             .picture = {.mime = "image/png",
                         .width_px = 1,
                         .height_px = 1,
                         .size_bytes = static_cast<std::int64_t>(bytes.size()),
                         .sha256 = *digest,
                         .color = "#000000",
                         .engine = "demo"},
             .now = clock.now()})));
    }

    void open() {
        storage =
            open_storage(data, sqlite::StoreMode::Server, worker, clock, random, log_is_shipped_);
    }
    /// As at the end of a process.
    void close() { storage = fail(ErrorKind::Unavailable, "not.open"); }

    Result<BackupReport> back_up(std::size_t keep = 0) {
        clock.advance(std::chrono::seconds{1});
        return take_backup({.data = data, .to = backups, .keep = keep}, clock,
                           [this](const std::string&) {
                               if (auto act = std::exchange(meanwhile, {})) act();
                           });
    }
    Result<RestoreReport> restore() {
        return restore_backup({.from = backups, .data = restored}, [](const std::string&) {});
    }
    std::string restored_picture(const std::string& id) {
        auto opened = open_storage(restored, sqlite::StoreMode::Server, worker, clock, random);
        if (!opened) return opened.error().code;
        return get_blob(*opened->blobs, {GenerationId(id), BlobVariant::Original});
    }
    static void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(at);
        stream << bytes;
    }

    bool log_is_shipped_;
    TempFolder folder;
    fs::path data = folder.path() / "data";
    fs::path backups = folder.path() / "backups";
    fs::path restored = folder.path() / "restored";
    Worker worker{0, 0};
    FakeClock clock;
    SeededRandom random;
    Result<Storage> storage = fail(ErrorKind::Unavailable, "not.open");
    /// What happens when the backup first tells how it gets on: the database is being copied.
    std::function<void()> meanwhile;
};

}  // namespace imagify::testing
