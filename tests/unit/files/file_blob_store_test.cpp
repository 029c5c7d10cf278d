#include "adapters/files/file_blob_store.hpp"

#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

namespace fs = std::filesystem;

std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

class FileBlobStoreTest : public ::testing::Test {
protected:
    static BlobKey key(std::string id, BlobVariant variant = BlobVariant::Original) {
        return {GenerationId(std::move(id)), variant};
    }

    std::unique_ptr<StagedBlob> stage(std::size_t limit = kPictureMaxBytes) {
        return std::move(run_task(store.stage(limit)).value());
    }

    Result<void> put(const BlobKey& where, std::string_view text) {
        auto staged = stage();
        if (auto written = run_task(staged->write(as_bytes(text))); !written) return written;
        return run_task(store.publish(where, std::move(staged)));
    }

    /// All bytes of a blob, or the code of the error.
    std::string get(const BlobKey& where) {
        auto reader = run_task(store.open(where));
        if (!reader) return reader.error().code;
        std::string text(static_cast<std::size_t>((*reader)->size_bytes()) + 10, '\0');
        const auto got = run_task((*reader)->read(0, std::as_writable_bytes(std::span(text))));
        if (!got) return got.error().code;
        text.resize(*got);
        return text;
    }

    std::size_t count_files(const fs::path& below) const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(root / below)) {
            count += entry.is_regular_file() ? 1 : 0;
        }
        return count;
    }

    TempFolder folder;
    fs::path root = folder.path();
    Worker worker{1, 64};
    SeededRandom random;
    FileBlobStore store{root, worker, random};
};

constexpr std::string_view kId = "01HZY3V9QK5R8WJ2M4N6P8S0TA";

TEST_F(FileBlobStoreTest, PublishedBytesComeBack) {
    const auto where = key(std::string(kId));

    ASSERT_TRUE(put(where, "picture"));

    EXPECT_EQ(get(where), "picture");
    EXPECT_EQ(get(key(std::string(kId), BlobVariant::Thumbnail)), "blob.not_found");
    EXPECT_TRUE(fs::exists(root / "blobs" / "TA" / (std::string(kId) + ".original")));
    EXPECT_EQ(count_files("tmp"), 0U);
}

TEST_F(FileBlobStoreTest, ReadsFromAnyOffset) {
    ASSERT_TRUE(put(key("offsets"), "0123456789"));
    auto reader = std::move(run_task(store.open(key("offsets"))).value());
    std::array<std::byte, 4> buffer{};

    EXPECT_EQ(reader->size_bytes(), 10);
    EXPECT_EQ(run_task(reader->read(3, buffer)), std::size_t{4});
    EXPECT_EQ(buffer[0], std::byte{'3'});
    EXPECT_EQ(run_task(reader->read(8, buffer)), std::size_t{2});
    EXPECT_EQ(run_task(reader->read(10, buffer)), std::size_t{0});
    EXPECT_EQ(run_task(reader->read(99, buffer)), std::size_t{0});
}

TEST_F(FileBlobStoreTest, KnowsSizeHashAndBytesBeforePublishing) {
    auto staged = stage();
    EXPECT_EQ(staged->sha256(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_TRUE(staged->view()->empty());

    ASSERT_TRUE(run_task(staged->write(as_bytes("a"))));
    ASSERT_TRUE(staged->view());
    ASSERT_TRUE(run_task(staged->write(as_bytes("bc"))));

    EXPECT_EQ(staged->size_bytes(), 3);
    // FIPS 180-2, appendix B.1.
    EXPECT_EQ(staged->sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const auto view = staged->view();
    ASSERT_TRUE(view);
    EXPECT_TRUE(std::ranges::equal(*view, as_bytes("abc")));
}

TEST_F(FileBlobStoreTest, TheLimitItselfFitsAndOneMoreDoesNot) {
    auto exact = stage(10);
    EXPECT_TRUE(run_task(exact->write(as_bytes("01234"))));
    EXPECT_TRUE(run_task(exact->write(as_bytes("56789"))));

    auto over = stage(10);
    EXPECT_TRUE(run_task(over->write(as_bytes("0123456789"))));
    EXPECT_EQ(run_task(over->write(as_bytes("x"))).error().kind, ErrorKind::TooLarge);

    EXPECT_TRUE(run_task(store.publish(key("exact"), std::move(exact))));
    EXPECT_FALSE(run_task(store.publish(key("over"), std::move(over))));
    EXPECT_EQ(get(key("exact")), "0123456789");
    EXPECT_EQ(get(key("over")), "blob.not_found");
}

TEST_F(FileBlobStoreTest, ABlobWithAHoleIsNeverPublished) {
    auto staged = stage(4);
    ASSERT_TRUE(run_task(staged->write(as_bytes("ab"))));
    ASSERT_FALSE(run_task(staged->write(as_bytes("cdefgh"))));

    EXPECT_FALSE(run_task(staged->write(as_bytes("z"))));
    EXPECT_FALSE(run_task(store.publish(key("hole"), std::move(staged))));
    EXPECT_EQ(count_files("."), 0U);
}

TEST_F(FileBlobStoreTest, DroppedBytesLeaveNothingBehind) {
    auto staged = stage();
    ASSERT_TRUE(run_task(staged->write(as_bytes("never mind"))));
    EXPECT_EQ(count_files("tmp"), 1U);

    staged.reset();

    EXPECT_EQ(count_files("."), 0U);
}

TEST_F(FileBlobStoreTest, AnOlderBlobIsReplacedWhileItsReaderKeepsIt) {
    ASSERT_TRUE(put(key("twice"), "old"));
    auto reader = std::move(run_task(store.open(key("twice"))).value());

    ASSERT_TRUE(put(key("twice"), "newer"));

    std::array<std::byte, 8> buffer{};
    EXPECT_EQ(run_task(reader->read(0, buffer)), std::size_t{3});
    EXPECT_EQ(buffer[0], std::byte{'o'});
    EXPECT_EQ(get(key("twice")), "newer");
}

TEST_F(FileBlobStoreTest, RemovingIsIdempotentAndTakesOneVariant) {
    ASSERT_TRUE(put(key("gone"), "picture"));
    ASSERT_TRUE(put(key("gone", BlobVariant::Thumbnail), "small"));

    EXPECT_TRUE(run_task(store.remove(key("gone"))));
    EXPECT_TRUE(run_task(store.remove(key("gone"))));

    EXPECT_EQ(get(key("gone")), "blob.not_found");
    EXPECT_EQ(get(key("gone", BlobVariant::Thumbnail)), "small");
}

TEST_F(FileBlobStoreTest, NoIdLeavesTheFolder) {
    std::ofstream(root / "secret.original") << "secret";
    for (const std::string& id : std::vector<std::string>{
             "", "a", "../secret", "..", "/etc/passwd", "x/../../secret", "a/b", "with.dot",
             "with space", std::string("null\0byte", 9), "tr\xC3\xA2n", "%2e%2e%2f"}) {
        EXPECT_EQ(put(key(id), "evil").error().code, "blob.bad_key") << id;
        EXPECT_EQ(get(key(id)), "blob.not_found") << id;
        EXPECT_TRUE(run_task(store.remove(key(id)))) << id;
    }
    EXPECT_EQ(put(key(std::string(65, 'a')), "long").error().code, "blob.bad_key");
    EXPECT_TRUE(put(key(std::string(64, 'a')), "longest"));
    EXPECT_EQ(count_files("blobs"), 1U);
    EXPECT_TRUE(fs::exists(root / "secret.original"));
}

TEST_F(FileBlobStoreTest, ANewStartRemovesWhatACrashLeftAndNothingInUse) {
    std::ofstream(root / "tmp" / "left-by-a-crash") << "half a picture";
    auto in_use = stage();
    ASSERT_TRUE(run_task(in_use->write(as_bytes("still being written"))));
    ASSERT_TRUE(put(key("published"), "picture"));

    FileBlobStore second(root, worker, random);

    EXPECT_FALSE(fs::exists(root / "tmp" / "left-by-a-crash"));
    EXPECT_TRUE(run_task(store.publish(key("in-use"), std::move(in_use))));
    EXPECT_EQ(get(key("in-use")), "still being written");
    EXPECT_EQ(get(key("published")), "picture");
}

TEST_F(FileBlobStoreTest, ALostFolderIsUnavailableAndShowsNothing) {
    auto staged = stage();
    ASSERT_TRUE(run_task(staged->write(as_bytes("picture"))));
    fs::remove_all(root / "blobs");

    EXPECT_EQ(run_task(store.publish(key("lost"), std::move(staged))).error().kind,
              ErrorKind::Unavailable);
    fs::remove_all(root / "tmp");
    EXPECT_EQ(run_task(store.stage(10)).error().kind, ErrorKind::Unavailable);
}

TEST_F(FileBlobStoreTest, AFolderInTheWayIsUnavailable) {
    fs::create_directories(root / "blobs" / "ay" / "in-the-way.original");

    EXPECT_EQ(put(key("in-the-way"), "picture").error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(count_files("."), 0U);
}

/// Files of this process cannot grow past `bytes` while this lives: what a full disk looks like.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

TEST_F(FileBlobStoreTest, AFullDiskIsUnavailableAndShowsNothing) {
    auto staged = stage();
    const std::string piece(64 * 1024, 'x');
    {
        const SmallDisk disk(100'000);
        EXPECT_TRUE(run_task(staged->write(as_bytes(piece))));
        const auto second = run_task(staged->write(as_bytes(piece)));
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().kind, ErrorKind::Unavailable);
        EXPECT_EQ(second.error().code, "blob.io_error");
    }

    EXPECT_FALSE(run_task(store.publish(key("full"), std::move(staged))));
    EXPECT_EQ(get(key("full")), "blob.not_found");
    EXPECT_EQ(count_files("."), 0U);
}

TEST_F(FileBlobStoreTest, AFullWorkerFinishesPicturesButTakesNoNewOnes) {
    Worker full(1, 0);
    FileBlobStore crowded(root, full, random);
    auto staged = stage();
    ASSERT_TRUE(run_task(staged->write(as_bytes("paid for"))));

    EXPECT_EQ(run_task(crowded.stage(10)).error().code, "server.overloaded");
    EXPECT_TRUE(run_task(crowded.publish(key("paid"), std::move(staged))));
    EXPECT_EQ(get(key("paid")), "paid for");
}

TEST_F(FileBlobStoreTest, ErrorsNameNoPath) {
    fs::create_directories(root / "blobs" / "ay" / "in-the-way.original");

    const auto error = put(key("in-the-way"), "picture").error();

    EXPECT_FALSE(error.detail.contains(root.string()));
    EXPECT_FALSE(error.detail.empty());
}

}  // namespace
}  // namespace imagify::testing
