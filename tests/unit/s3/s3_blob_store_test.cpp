#include "unit/s3/s3_fixture.hpp"

namespace imagify::s3 {
namespace {

using testing::sent_header;

TEST_F(S3Test, PutsBytesOnceEncryptedAndChecked) {
    http.answer(200);

    ASSERT_TRUE(put("abc"));

    const auto& sent = http.asked.at(0);
    EXPECT_EQ(sent.method, "PUT");
    EXPECT_EQ(sent.url, "http://127.0.0.1:8813/pictures/images/g1/original");
    EXPECT_EQ(sent.body, "abc");
    EXPECT_EQ(sent_header(sent, "If-None-Match"), "*");
    EXPECT_EQ(sent_header(sent, "x-amz-server-side-encryption"), "AES256");
    EXPECT_EQ(sent_header(sent, "x-amz-meta-sha256"), kAbcSha256);
    EXPECT_EQ(sent_header(sent, "x-amz-checksum-sha256"),
              "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    EXPECT_EQ(sent_header(sent, "X-Amz-Content-Sha256"), kAbcSha256);
    for (const auto* name : {"if-none-match", "x-amz-server-side-encryption", "content-type"}) {
        EXPECT_TRUE(sent_header(sent, "Authorization").contains(name)) << name << " is not signed";
    }
}

TEST_F(S3Test, TypeIsToldByTheFirstBytes) {
    const std::pair<std::string, std::string> cases[] = {{"\x89PNG\r\n", "image/png"},
                                                         {"\xff\xd8\xff\xe0", "image/jpeg"},
                                                         {"RIFF____WEBPVP8 ", "image/webp"},
                                                         {"RIFF", "application/octet-stream"}};
    for (const auto& [bytes, type] : cases) {
        http.answer(200);
        ASSERT_TRUE(put(bytes));
        EXPECT_EQ(sent_header(http.asked.back(), "Content-Type"), type);
    }
}

TEST_F(S3Test, ThumbnailMayBeReplaced) {
    http.answer(200);

    ASSERT_TRUE(put("abc", BlobVariant::Thumbnail));

    EXPECT_TRUE(http.asked.at(0).url.ends_with("/images/g1/thumb"));
    EXPECT_EQ(sent_header(http.asked.at(0), "If-None-Match"), "");
}

TEST_F(S3Test, SameBytesUnderTheKeyAreSuccess) {
    http.answer(412, "<Error><Code>PreconditionFailed</Code></Error>");
    answer_head(kAbcSha256, 3);

    EXPECT_TRUE(put("abc"));
    EXPECT_EQ(http.asked.at(1).method, "HEAD");
}

TEST_F(S3Test, OtherBytesUnderTheKeyAreKept) {
    for (const auto& [sha256, size] : {std::pair{std::string(64, '0'), 3U}, {kAbcSha256, 4U}}) {
        http.answer(412);
        answer_head(sha256, size);

        const auto outcome = put("abc");

        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().kind, ErrorKind::Conflict);
        EXPECT_EQ(outcome.error().code, "blob.other_bytes");
    }
}

TEST_F(S3Test, LostAnswerIsLookedUp) {
    for (int i = 0; i < 5; ++i) http.fail_with(ErrorKind::Timeout, "upstream.timeout");
    answer_head(kAbcSha256, 3);
    EXPECT_TRUE(put("abc"));

    for (int i = 0; i < 5; ++i) http.fail_with(ErrorKind::Timeout, "upstream.timeout");
    http.answer(404);
    EXPECT_EQ(put("abc").error().kind, ErrorKind::Unavailable);
}

TEST_F(S3Test, OurOwnLostWriteIsNoConflict) {
    http.fail_with(ErrorKind::Unavailable, "upstream.no_answer");
    http.answer(412);
    answer_head(kAbcSha256, 3);

    EXPECT_TRUE(put("abc"));
}

TEST_F(S3Test, MissingBucketAndPermissionSayWhatToDo) {
    http.answer(404, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>");
    const auto missing = put("abc");
    http.answer(403, "<Error><Code>AccessDenied</Code></Error>");
    const auto denied = put("abc");

    ASSERT_FALSE(missing || denied);
    EXPECT_EQ(missing.error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(missing.error().detail.contains("IMAGES_BUCKET")) << missing.error().detail;
    EXPECT_EQ(denied.error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(denied.error().detail.contains("s3:PutObject")) << denied.error().detail;
}

TEST_F(S3Test, RemovingTheAbsentSucceeds) {
    http.answer(204);
    EXPECT_TRUE(testing::run_task(store.remove(key())));
    http.answer(404, "<Error><Code>NoSuchKey</Code></Error>");
    EXPECT_TRUE(testing::run_task(store.remove(key())));
    http.answer(404, "<Error><Code>NoSuchBucket</Code></Error>");
    EXPECT_FALSE(testing::run_task(store.remove(key())));
}

TEST_F(S3Test, AwsBucketIsAHostName) {
    http.answer(204);
    S3BlobStore on_aws({.bucket = "pictures", .region = "ap-southeast-1"}, parts);
    ASSERT_TRUE(testing::run_task(on_aws.remove(key())));
    http.answer(204);
    S3BlobStore dotted({.bucket = "my.pictures", .region = "ap-southeast-1"}, parts);
    ASSERT_TRUE(testing::run_task(dotted.remove(key())));

    EXPECT_EQ(http.asked[0].url,
              "https://pictures.s3.ap-southeast-1.amazonaws.com/images/g1/original");
    EXPECT_EQ(http.asked[1].url,
              "https://s3.ap-southeast-1.amazonaws.com/my.pictures/images/g1/original");
}

TEST_F(S3Test, KeysThatAreNoIdsNameNothing) {
    for (const auto* id : {"", "../up", "a/b", "a b", "a%2f"}) {
        const BlobKey bad{GenerationId(id), BlobVariant::Original};
        EXPECT_EQ(testing::put_blob(store, bad, "abc").error().code, "blob.bad_key");
        EXPECT_EQ(testing::get_blob(store, bad), "blob.not_found");
    }
    EXPECT_TRUE(http.asked.empty());
}

TEST_F(S3Test, PresignsOnlyWhenAsked) {
    const BlobUrlWish wish{.content_type = "image/png",
                           .disposition = "attachment; filename=\"a.png\"",
                           .validity = std::chrono::minutes(10)};
    EXPECT_FALSE(testing::run_task(store.public_url(key(), wish)).value());

    S3BlobStore presigning({.bucket = "pictures",
                            .region = "ap-southeast-1",
                            .endpoint = "http://127.0.0.1:8813",
                            .presign = true},
                           parts);
    const auto url = testing::run_task(presigning.public_url(key(), wish)).value();

    ASSERT_TRUE(url);
    EXPECT_TRUE(url->url.starts_with("http://127.0.0.1:8813/pictures/images/g1/original?"));
    EXPECT_TRUE(url->url.contains("response-content-type=image%2Fpng"));
    EXPECT_TRUE(url->url.contains("response-content-disposition=attachment%3B%20filename"));
    EXPECT_EQ(url->expires_at, clock.now() + std::chrono::minutes(10));
    EXPECT_TRUE(http.asked.empty());
}

TEST_F(S3Test, CheckSaysWhatIsWrongWithTheBucket) {
    http.answer(200);
    EXPECT_TRUE(testing::run_task(store.check()));
    http.answer(404);
    EXPECT_TRUE(testing::run_task(store.check()).error().detail.contains("no bucket pictures"));
    http.answer(301);
    EXPECT_TRUE(testing::run_task(store.check()).error().detail.contains("AWS_REGION"));
}

}  // namespace
}  // namespace imagify::s3
