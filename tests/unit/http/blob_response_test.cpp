#include "transport/http/blob_response.hpp"

#include <gtest/gtest.h>

#include "support/blob_texts.hpp"
#include "support/shared_blobs.hpp"

namespace imagify::http {
namespace {

/// Hands bytes out itself when `base` is set.
class PublicBlobs final : public BlobStore {
public:
    Task<Result<std::unique_ptr<StagedBlob>>> stage(std::size_t limit) override {
        return blobs_.stage(limit);
    }
    Task<Result<void>> publish(BlobKey key, std::unique_ptr<StagedBlob> staged) override {
        return blobs_.publish(std::move(key), std::move(staged));
    }
    Task<Result<std::unique_ptr<BlobReader>>> open(BlobKey key) override {
        return blobs_.open(std::move(key));
    }
    Task<Result<void>> remove(BlobKey key) override { return blobs_.remove(std::move(key)); }
    Task<Result<std::optional<BlobUrl>>> public_url(BlobKey, BlobUrlWish wish) override {
        wishes.push_back(std::move(wish));
        if (base.empty()) co_return fail(ErrorKind::Unavailable, "aws.no_credentials");
        co_return BlobUrl{.url = base + "?signed"};
    }

    std::string base = "https://bucket.example/key";
    std::vector<BlobUrlWish> wishes;

private:
    testing::SharedBlobs blobs_;
};

class BlobResponseTest : public ::testing::Test {
protected:
    BlobResponseTest() {
        image.id = GenerationId("g_1");
        image.picture = StoredPicture{.mime = "image/png",
                                      .width_px = 1,
                                      .height_px = 1,
                                      .size_bytes = 5,
                                      .sha256 = std::string(64, 'a'),
                                      .color = "#000000",
                                      .engine = "demo"};
        EXPECT_TRUE(testing::put_blob(blobs, {image.id, BlobVariant::Original}, "bytes"));
    }
    Response ask(std::string query = "", Method method = Method::Get) {
        Request request;
        request.method = method;
        request.query = std::move(query);
        return testing::run_task(blob_response(blobs, image, BlobVariant::Original, request));
    }

    Generation image;
    PublicBlobs blobs;
};

TEST_F(BlobResponseTest, GoesToWhereTheStoreHandsBytesOut) {
    const auto response = ask();

    EXPECT_EQ(response.status, 302U);
    EXPECT_EQ(response.headers.get("Location"), "https://bucket.example/key?signed");
    EXPECT_EQ(response.headers.get("Cache-Control"), "private, max-age=60");
    EXPECT_EQ(blobs.wishes.at(0).content_type, "image/png");
    EXPECT_EQ(blobs.wishes.at(0).disposition, "");
    EXPECT_EQ(blobs.wishes.at(0).validity, std::chrono::minutes(10));
}

TEST_F(BlobResponseTest, SavedFileKeepsItsName) {
    ask("download=1");

    EXPECT_EQ(blobs.wishes.at(0).disposition, "attachment; filename=\"imagify-g_1.png\"");
}

TEST_F(BlobResponseTest, WithoutAnUrlTheBytesPassThroughUs) {
    blobs.base.clear();

    EXPECT_EQ(ask().status, 200U);
}

TEST_F(BlobResponseTest, UrlForGetIsNoAnswerToHead) {
    EXPECT_EQ(ask("", Method::Head).status, 200U);
    EXPECT_TRUE(blobs.wishes.empty());
}

}  // namespace
}  // namespace imagify::http
