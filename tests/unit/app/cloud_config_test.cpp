#include <gtest/gtest.h>

#include "unit/app/config_fixture.hpp"

namespace imagify::testing {
namespace {

TEST(CloudConfigTest, OneMachineIsTheDefault) {
    const auto config = read({}).config;

    EXPECT_EQ(config.store, StoreKind::Sqlite);
    EXPECT_EQ(config.blobs, BlobKind::Files);
    EXPECT_EQ(config.queue, QueueKind::InProcess);
    EXPECT_EQ(config.identity, IdentityKind::Local);
    EXPECT_EQ(config.limits, LimitsKind::Memory);
    EXPECT_EQ(config.routes, RouteGroup::All);
    EXPECT_EQ(config.cloud.users_table, "imagify-users");
    EXPECT_EQ(config.cloud.transactions_table, "imagify-transactions");
    EXPECT_EQ(config.cloud.images_table, "imagify-images");
}

TEST(CloudConfigTest, EveryPartMayBeOneOfAws) {
    const Settings settings{{"STORE", "dynamodb"},
                            {"JWT_SECRET", std::string(32, 's')},
                            {"BLOBS", "s3"},
                            {"IMAGES_BUCKET", "pictures"},
                            {"QUEUE", "sqs"},
                            {"SQS_QUEUE_URL", "https://sqs.ap-southeast-1.amazonaws.com/1/q"},
                            {"IDENTITY", "cognito"},
                            {"COGNITO_USER_POOL_ID", "ap-southeast-1_AbCdEfGhI"},
                            {"COGNITO_CLIENT_ID", "client"},
                            {"LIMITS", "redis"},
                            {"REDIS_URL", "redis://127.0.0.1:6379"},
                            {"MAIL", "ses"},
                            {"MAIL_FROM", "Imagify <no-reply@imagify.example>"},
                            {"IMAGIFY_ROUTES", "image"},
                            {"S3_ENDPOINT", "http://127.0.0.1:9000/"}};
    const auto config = read(settings).config;

    EXPECT_EQ(problems_of(settings), "");
    EXPECT_EQ(config.store, StoreKind::DynamoDb);
    EXPECT_EQ(config.queue, QueueKind::Sqs);
    EXPECT_EQ(config.identity, IdentityKind::Cognito);
    EXPECT_EQ(config.limits, LimitsKind::Redis);
    EXPECT_EQ(config.mail, MailWay::Ses);
    EXPECT_EQ(config.routes, RouteGroup::Image);
    EXPECT_EQ(config.cloud.s3_endpoint, "http://127.0.0.1:9000");
}

TEST(CloudConfigTest, SharedStoreCountsInTheStore) {
    EXPECT_EQ(read({{"STORE", "dynamodb"}}).config.limits, LimitsKind::Store);
}

TEST(CloudConfigTest, PartsThatDoNotFitTogetherAreRefused) {
    EXPECT_TRUE(problems_of({{"STORE", "dynamodb"}}).starts_with("BLOBS: must be 's3'"));
    EXPECT_TRUE(problems_of({{"LIMITS", "store"}}).starts_with("LIMITS: 'store' needs"));
    EXPECT_TRUE(problems_of({{"QUEUE", "sqs"}}).starts_with("QUEUE: 'sqs' needs"));
    EXPECT_TRUE(problems_of({{"BLOBS", "s3"}}).starts_with("IMAGES_BUCKET: is needed"));
    EXPECT_TRUE(problems_of({{"LIMITS", "redis"}}).starts_with("REDIS_URL: is needed"));
    EXPECT_TRUE(
        problems_of({{"IDENTITY", "cognito"}}).starts_with("COGNITO_USER_POOL_ID: is needed"));
}

TEST(CloudConfigTest, UnknownWordsAreRefusedWithThoseThatAreKnown) {
    EXPECT_EQ(problems_of({{"STORE", "mongo"}}), "STORE: must be 'sqlite' or 'dynamodb'\n");
    EXPECT_EQ(problems_of({{"LIMITS", "Redis"}}),
              "LIMITS: must be 'memory' or 'store' or 'redis'\n");
    EXPECT_TRUE(problems_of({{"S3_ENDPOINT", "localhost:9000"}}).starts_with("S3_ENDPOINT: is an"));
}

}  // namespace
}  // namespace imagify::testing
