#include "unit/aws/service_fixture.hpp"

namespace imagify::aws {
namespace {

TEST_F(ServiceClientTest, SendsASignedRequestAndHandsOutTheAnswer) {
    http.answer(200, "{\"Item\":{}}");

    const auto answer = call();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "{\"Item\":{}}");
    EXPECT_TRUE(answer->succeeded());
    EXPECT_FALSE(answer->after_lost_answer);
    const auto& sent = http.asked.at(0);
    EXPECT_EQ(sent.url, "http://127.0.0.1:8801/");
    EXPECT_EQ(testing::sent_header(sent, "X-Amz-Target"), "DynamoDB.PutItem");
    EXPECT_EQ(testing::sent_header(sent, "Content-Type"), "application/x-amz-json-1.0");
    EXPECT_EQ(testing::sent_header(sent, "X-Amz-Date"), "20260115T030405Z");
    EXPECT_TRUE(testing::sent_header(sent, "Authorization")
                    .contains("Credential=AKIDOLD/20260115/ap-southeast-1/dynamodb/aws4_request, "
                              "SignedHeaders=content-type;host;x-amz-date;x-amz-target"));
}

TEST_F(ServiceClientTest, QueryIsEncodedOnce) {
    http.answer(200);

    ASSERT_TRUE(call({.method = "GET", .path = "/a%20b", .query = {{"x y", "1/2"}, {"z", ""}}}));

    EXPECT_EQ(http.asked.at(0).url, "http://127.0.0.1:8801/a%20b?x%20y=1%2F2&z=");
}

TEST_F(ServiceClientTest, FinalFaultIsAnAnswer) {
    http.answer(400, R"({"__type":"a#ConditionalCheckFailedException","message":"no"})");

    const auto answer = call();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->fault, "ConditionalCheckFailedException");
    EXPECT_EQ(http.asked.size(), 1U);
}

TEST_F(ServiceClientTest, CanceledTransactionIsNotTriedAgain) {
    http.answer(400, R"({"__type":"a#TransactionCanceledException","CancellationReasons":[]})");

    EXPECT_EQ(call()->fault, "TransactionCanceledException");
    EXPECT_EQ(http.asked.size(), 1U);
}

TEST_F(ServiceClientTest, BytesGoIntoTheSinkAndNothingIsStartedOver) {
    struct Sink final : ByteSink {
        Task<Result<void>> write(std::span<const std::byte> bytes) override {
            taken.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            co_return Result<void>{};
        }
        std::string taken;
    } sink;
    throttle();
    http.answer(200, "picture");

    ASSERT_TRUE(testing::run_task(client.call({.method = "GET", .path = "/k"}, sink)));

    EXPECT_EQ(sink.taken, "picture");
    EXPECT_EQ(http.asked.size(), 2U);
}

TEST_F(ServiceClientTest, RefusalOfTheSinkIsReturnedAsItIs) {
    struct FullSink final : ByteSink {
        Task<Result<void>> write(std::span<const std::byte>) override {
            co_return fail(ErrorKind::TooLarge, "blob.too_large");
        }
    } sink;
    http.answer(200, "picture");

    const auto outcome = testing::run_task(client.call({.method = "GET", .path = "/k"}, sink));

    expect_error(outcome, ErrorKind::TooLarge, "blob.too_large");
    EXPECT_EQ(http.asked.size(), 1U);
}

TEST_F(ServiceClientTest, EndpointMustBeAServer) {
    for (const auto* endpoint : {"", "dynamodb", "ftp://host", "http://host/path"}) {
        ServiceClient wrong(
            {.service = "dynamodb", .region = "r", .endpoint = endpoint},
            {.http = http, .credentials = credentials, .clock = clock, .random = random});

        expect_error(testing::run_task(wrong.call({})), ErrorKind::Internal, "aws.bad_endpoint");
    }
    EXPECT_EQ(regional_endpoint("sqs", "ap-southeast-1", ""),
              "https://sqs.ap-southeast-1.amazonaws.com");
    EXPECT_EQ(regional_endpoint("sqs", "ap-southeast-1", "http://127.0.0.1:1"),
              "http://127.0.0.1:1");
}

TEST_F(ServiceClientTest, PresignedUrlEndsWithTemporaryCredentials) {
    credentials.current.expires_at = clock.now() + std::chrono::minutes(4);

    const auto url = testing::run_task(client.presign_get(
        "/images/g/original", {{"response-content-type", "image/png"}}, std::chrono::minutes(10)));

    ASSERT_TRUE(url);
    EXPECT_TRUE(
        url->url.starts_with("http://127.0.0.1:8801/images/g/original?"
                             "response-content-type=image%2Fpng&X-Amz-Algorithm="));
    EXPECT_TRUE(url->url.contains("X-Amz-Expires=600"));
    EXPECT_EQ(url->expires_at, clock.now() + std::chrono::minutes(4));
}

}  // namespace
}  // namespace imagify::aws
