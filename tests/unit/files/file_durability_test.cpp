#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/files/file_blob_store.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

/// What the store asked the kernel for, in order: "sync file", "sync folder", "rename".
std::mutex journal_mutex;
std::vector<std::string> journal;
/// The first call of this name fails with EIO.
std::string failing;

bool record(const std::string& call) {
    const std::lock_guard lock(journal_mutex);
    journal.push_back(call);
    if (call != failing) return true;
    failing.clear();
    errno = EIO;
    return false;
}

bool is_folder(int descriptor) {
    struct stat status{};
    return ::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace
}  // namespace imagify::testing

// In front of libc's: the store under test calls these.
extern "C" int fsync(int descriptor) {
    using namespace imagify::testing;
    if (!record(is_folder(descriptor) ? "sync folder" : "sync file")) return -1;
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

extern "C" int rename(const char* from, const char* to) noexcept {
    using namespace imagify::testing;
    if (!record("rename")) return -1;
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

namespace imagify::testing {
namespace {

class FileDurabilityTest : public ::testing::Test {
protected:
    FileDurabilityTest() { publish("warm-up-xy").value(); }

    Result<void> publish(const std::string& id) {
        auto staged = run_task(store.stage(100)).value();
        run_task(staged->write(std::as_bytes(std::span(id)))).value();
        journal.clear();
        return run_task(store.publish({GenerationId(id)}, std::move(staged)));
    }

    bool is_visible(const std::string& id) {
        return run_task(store.open({GenerationId(id)})).has_value();
    }

    bool is_staging_empty() const { return std::filesystem::is_empty(folder.path() / "tmp"); }

    TempFolder folder;
    Worker worker{1, 64};
    SeededRandom random;
    FileBlobStore store{folder.path(), worker, random};
};

using Steps = std::vector<std::string>;

TEST_F(FileDurabilityTest, BytesAreDurableBeforeTheirNameAndTheNameBeforeTheAnswer) {
    ASSERT_TRUE(publish("second-xy"));

    EXPECT_EQ(journal, (Steps{"sync file", "rename", "sync folder"}));
}

TEST_F(FileDurabilityTest, ANewFolderIsDurableBeforeItsFirstFile) {
    ASSERT_TRUE(publish("first-of-ab"));

    EXPECT_EQ(journal, (Steps{"sync folder", "sync file", "rename", "sync folder"}));
}

TEST_F(FileDurabilityTest, WhateverFailsNothingBecomesVisible) {
    for (const std::string step : {"sync file", "rename", "sync folder"}) {
        for (const auto& id : {std::string("known-xy"), "new-" + step.substr(0, 2)}) {
            failing = step;
            const auto published = publish(id);
            ASSERT_FALSE(published) << step;
            EXPECT_EQ(published.error().kind, ErrorKind::Unavailable) << step;
            EXPECT_FALSE(is_visible(id)) << step;
            EXPECT_TRUE(is_staging_empty()) << step;
        }
    }
    EXPECT_TRUE(publish("known-xy"));
}

}  // namespace
}  // namespace imagify::testing
