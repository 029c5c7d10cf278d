#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "adapters/aws/credential_chain.hpp"
#include "adapters/files/file_blob_store.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/s3/s3_blob_store.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "base/ids.hpp"
#include "support/blob_texts.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

/// A store with all that it lives on.
class BlobsUnderTest {
public:
    virtual ~BlobsUnderTest() = default;
    virtual BlobStore& store() = 0;
};

class FilesUnderTest final : public BlobsUnderTest {
public:
    BlobStore& store() override { return store_; }

private:
    TempFolder folder_;
    SystemRandom random_;
    Worker worker_{1, 64};
    FileBlobStore store_{folder_.path(), worker_, random_};
};

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// IMAGIFY_TEST_S3 is the endpoint; the keys are those of the AWS variables.
class S3UnderTest final : public BlobsUnderTest {
public:
    BlobStore& store() override { return store_; }

private:
    static std::string bucket() {
        const auto named = variable("IMAGIFY_TEST_BUCKET");
        return named.empty() ? "imagify-images" : named;
    }

    SystemClock clock_;
    SystemRandom random_;
    BeastHttpClient http_;
    aws::CredentialChain credentials_{
        {.access_key_id = variable("AWS_ACCESS_KEY_ID"),
         .secret_access_key = Secret(variable("AWS_SECRET_ACCESS_KEY")),
         .session_token = Secret(variable("AWS_SESSION_TOKEN"))},
        http_,
        clock_};
    s3::S3BlobStore store_{
        {.bucket = bucket(),
         .region = "ap-southeast-1",
         .endpoint = variable("IMAGIFY_TEST_S3"),
         .presign = true},
        {.http = http_, .credentials = credentials_, .clock = clock_, .random = random_}};
};

struct BlobsKind {
    std::string name;
    /// Other bytes never replace an original.
    bool keeps_first = false;
    std::function<std::unique_ptr<BlobsUnderTest>()> make;
};

void PrintTo(const BlobsKind& kind, std::ostream* out) { *out << kind.name; }

std::vector<BlobsKind> kinds() {
    std::vector<BlobsKind> all{{"Files", false, [] { return std::make_unique<FilesUnderTest>(); }}};
    if (!variable("IMAGIFY_TEST_S3").empty())
        all.push_back({"S3", true, [] { return std::make_unique<S3UnderTest>(); }});
    return all;
}

class BlobsContract : public ::testing::TestWithParam<BlobsKind> {
protected:
    void TearDown() override {
        for (const auto& key : used) EXPECT_TRUE(run_task(store.remove(key)));
    }

    BlobKey new_key(BlobVariant variant = BlobVariant::Original) {
        used.push_back({GenerationId(new_ulid("g_", clock, random)), variant});
        return used.back();
    }

    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<BlobsUnderTest> owner = GetParam().make();
    BlobStore& store = owner->store();
    std::vector<BlobKey> used;
};

INSTANTIATE_TEST_SUITE_P(Blobs, BlobsContract, ::testing::ValuesIn(kinds()),
                         [](const auto& info) { return info.param.name; });

std::string long_text(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i) + '\n';
    text.resize(size);
    return text;
}

TEST_P(BlobsContract, PublishedBytesComeBack) {
    const auto key = new_key();

    ASSERT_TRUE(put_blob(store, key, "picture"));

    EXPECT_EQ(get_blob(store, key), "picture");
}

TEST_P(BlobsContract, VariantsAreApart) {
    const auto original = new_key();
    const BlobKey thumbnail{original.generation, BlobVariant::Thumbnail};
    used.push_back(thumbnail);

    ASSERT_TRUE(put_blob(store, original, "picture"));
    EXPECT_EQ(get_blob(store, thumbnail), "blob.not_found");
    ASSERT_TRUE(put_blob(store, thumbnail, "small"));

    EXPECT_EQ(get_blob(store, original), "picture");
    EXPECT_EQ(get_blob(store, thumbnail), "small");
}

TEST_P(BlobsContract, ManyBytesComeBackFromAnyOffset) {
    const auto key = new_key();
    const auto text = long_text(1'500'000);
    ASSERT_TRUE(put_blob(store, key, text));
    auto reader = run_task(store.open(key));
    ASSERT_TRUE(reader);

    EXPECT_EQ((*reader)->size_bytes(), 1'500'000);
    std::vector<std::byte> buffer(10'000);
    for (const std::int64_t offset : {0, 262'140, 1'499'000, 700'000, 1'500'000, 2'000'000}) {
        const auto expected =
            offset >= 1'500'000 ? "" : text.substr(static_cast<std::size_t>(offset), 10'000);
        const auto count = run_task((*reader)->read(offset, buffer));
        ASSERT_TRUE(count) << count.error().detail;
        EXPECT_EQ(std::string(reinterpret_cast<const char*>(buffer.data()), *count), expected);
    }
}

TEST_P(BlobsContract, AbsentBlobIsNotFoundAndCanBeRemoved) {
    const auto key = new_key();

    EXPECT_EQ(get_blob(store, key), "blob.not_found");
    EXPECT_TRUE(run_task(store.remove(key)));
}

TEST_P(BlobsContract, RemovedBlobIsGone) {
    const auto key = new_key();
    ASSERT_TRUE(put_blob(store, key, "picture"));

    ASSERT_TRUE(run_task(store.remove(key)));

    EXPECT_EQ(get_blob(store, key), "blob.not_found");
    EXPECT_TRUE(run_task(store.remove(key)));
}

TEST_P(BlobsContract, SameBytesMayBePublishedAgain) {
    const auto key = new_key();

    ASSERT_TRUE(put_blob(store, key, "picture"));
    ASSERT_TRUE(put_blob(store, key, "picture"));

    EXPECT_EQ(get_blob(store, key), "picture");
}

TEST_P(BlobsContract, OtherBytesReplaceAnOriginalOrAreRefused) {
    const auto key = new_key();
    ASSERT_TRUE(put_blob(store, key, "first"));

    const auto second = put_blob(store, key, "second");

    EXPECT_EQ(second.has_value(), !GetParam().keeps_first);
    if (!second) EXPECT_EQ(second.error().code, "blob.other_bytes");
    EXPECT_EQ(get_blob(store, key), GetParam().keeps_first ? "first" : "second");
}

TEST_P(BlobsContract, ThumbnailIsReplaced) {
    const auto key = new_key(BlobVariant::Thumbnail);
    ASSERT_TRUE(put_blob(store, key, "first"));

    ASSERT_TRUE(put_blob(store, key, "second"));

    EXPECT_EQ(get_blob(store, key), "second");
}

TEST_P(BlobsContract, StagedBytesAreKnownAndInvisible) {
    const auto key = new_key();
    auto staged = std::move(run_task(store.stage(100)).value());
    ASSERT_TRUE(run_task(staged->write(as_bytes("a"))));
    ASSERT_TRUE(run_task(staged->write(as_bytes("bc"))));

    EXPECT_EQ(staged->size_bytes(), 3);
    // FIPS 180-2, appendix B.1.
    EXPECT_EQ(staged->sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_TRUE(std::ranges::equal(*staged->view(), as_bytes("abc")));
    EXPECT_EQ(get_blob(store, key), "blob.not_found");
}

TEST_P(BlobsContract, LimitItselfFitsAndOneMoreDoesNot) {
    const auto exact = new_key();
    const auto over = new_key();
    auto fits = std::move(run_task(store.stage(10)).value());
    auto too_large = std::move(run_task(store.stage(10)).value());

    EXPECT_TRUE(run_task(fits->write(as_bytes("0123456789"))));
    EXPECT_TRUE(run_task(too_large->write(as_bytes("01234"))));
    EXPECT_EQ(run_task(too_large->write(as_bytes("567890"))).error().kind, ErrorKind::TooLarge);

    EXPECT_TRUE(run_task(store.publish(exact, std::move(fits))));
    EXPECT_FALSE(run_task(store.publish(over, std::move(too_large))));
    EXPECT_EQ(get_blob(store, over), "blob.not_found");
}

TEST_P(BlobsContract, PublicUrlHandsOutTheBytesToAnybody) {
    const auto key = new_key();
    ASSERT_TRUE(put_blob(store, key, "picture"));
    const auto url = run_task(
        store.public_url(key, {.content_type = "image/png", .validity = std::chrono::minutes(5)}));
    ASSERT_TRUE(url);
    if (!*url) GTEST_SKIP() << "this store has no such place";
    BeastHttpClient stranger;
    // As a browser's user does: the lab may be told to let requests fail.
    const auto get = [&](const std::string& address) {
        Result<OutboundAnswer> got = fail(ErrorKind::Unavailable, "not.asked");
        for (int i = 0; i < 9 && (!got || got->status >= 500); ++i) {
            got = run_task(stranger.send(
                {.url = address, .deadline = clock.steady_now() + std::chrono::seconds(5)}));
        }
        return got;
    };

    const auto answer = get((*url)->url);
    const auto tampered = get((*url)->url + "0");

    ASSERT_TRUE(answer && tampered);
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->body, "picture");
    EXPECT_EQ(tampered->status, 403U);
}

}  // namespace
}  // namespace imagify::testing
