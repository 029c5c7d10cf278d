#include "unit/aws/service_fixture.hpp"

namespace imagify::aws {
namespace {

TEST_F(ServiceClientTest, ThrottledCallWaitsAndGoesThrough) {
    throttle();
    throttle();
    http.answer(200, "{}");
    const auto start = clock.now();

    const auto answer = call();

    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->after_lost_answer);
    EXPECT_EQ(http.asked.size(), 3U);
    EXPECT_GT(clock.now(), start);
    EXPECT_LE(clock.now() - start, std::chrono::milliseconds(300));
}

TEST_F(ServiceClientTest, GivesUpAfterFiveAttempts) {
    for (int i = 0; i < 9; ++i) throttle();

    expect_error(call(), ErrorKind::Unavailable, "aws.throttled");
    EXPECT_EQ(http.asked.size(), 5U);
}

TEST_F(ServiceClientTest, GivesUpAtTheDeadline) {
    for (int i = 0; i < 9; ++i) throttle();
    auto limited = ServiceClient::json_call("DynamoDB.PutItem", "{}");
    limited.deadline = clock.steady_now();

    expect_error(call(std::move(limited)), ErrorKind::Unavailable, "aws.throttled");
    EXPECT_EQ(http.asked.size(), 1U);
}

TEST_F(ServiceClientTest, OneAttemptLeavesTimeForAnother) {
    http.fail_with(ErrorKind::Timeout, "upstream.timeout");
    http.answer(200);
    const auto start = clock.steady_now();

    ASSERT_TRUE(call());

    EXPECT_EQ(http.asked.at(0).deadline, start + std::chrono::seconds(15));
}

TEST_F(ServiceClientTest, ConditionAfterALostAnswerIsMarked) {
    http.fail_with(ErrorKind::Unavailable, "upstream.no_answer");
    http.answer(400, R"({"__type":"a#ConditionalCheckFailedException"})");

    const auto answer = call();

    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->after_lost_answer);
}

TEST_F(ServiceClientTest, LostAnswerIsAnUnknownOutcome) {
    for (int i = 0; i < 5; ++i) http.fail_with(ErrorKind::Timeout, "upstream.timeout");

    expect_error(call(), ErrorKind::Unknown, "aws.no_answer");
}

TEST_F(ServiceClientTest, OneLostAnswerAmongRefusalsIsStillUnknown) {
    http.fail_with(ErrorKind::BadUpstream, "upstream.bad_answer");
    for (int i = 0; i < 4; ++i) throttle();

    expect_error(call(), ErrorKind::Unknown, "aws.no_answer");
}

TEST_F(ServiceClientTest, UnrepeatableCallIsNotSentAgainAfterALostAnswer) {
    auto once = ServiceClient::json_call("DynamoDB.UpdateItem", "{}");
    once.repeatable = false;
    http.fail_with(ErrorKind::Unavailable, "upstream.unreachable");  // Was never sent.
    throttle();                                                      // Was not carried out.
    http.answer(500);
    http.answer(200);

    expect_error(call(std::move(once)), ErrorKind::Unknown, "aws.no_answer");
    EXPECT_EQ(http.asked.size(), 3U);
}

TEST_F(ServiceClientTest, UnreachableServerDidNothing) {
    expect_error(call(), ErrorKind::Unavailable, "aws.unavailable");
    EXPECT_EQ(http.asked.size(), 5U);
}

TEST_F(ServiceClientTest, LostAnswerOfAReadIsNoUnknownOutcome) {
    for (int i = 0; i < 5; ++i) http.answer(500);
    auto read = ServiceClient::json_call("DynamoDB.GetItem", "{}");
    read.changes = false;

    expect_error(call(std::move(read)), ErrorKind::Unavailable, "aws.unavailable");
}

TEST_F(ServiceClientTest, RotatedCredentialsAreFetchedOnce) {
    credentials.newer = {.access_key_id = "AKIDNEW", .secret_access_key = Secret("new-secret")};
    http.answer(400, R"({"__type":"a#ExpiredTokenException"})");
    http.answer(200);

    ASSERT_TRUE(call());

    EXPECT_TRUE(
        testing::sent_header(http.asked.at(1), "Authorization").contains("Credential=AKIDNEW/"));
    EXPECT_EQ(credentials.refusals, 1);
}

TEST_F(ServiceClientTest, WrongCredentialsAreSaidToBeWrong) {
    http.answer(400, R"({"__type":"a#UnrecognizedClientException","message":"invalid token"})");

    const auto outcome = call();

    expect_error(outcome, ErrorKind::Unavailable, "aws.denied");
    EXPECT_EQ(http.asked.size(), 1U);
    EXPECT_TRUE(outcome.error().detail.contains("dynamodb PutItem at 127.0.0.1:8801"));
    EXPECT_TRUE(outcome.error().detail.contains("AWS_ACCESS_KEY_ID"));
    EXPECT_FALSE(outcome.error().detail.contains("old-secret"));
}

TEST_F(ServiceClientTest, MissingPermissionIsNotTriedAgain) {
    http.answer(400, R"({"__type":"a#AccessDeniedException","message":"not authorized"})");

    const auto outcome = call();

    expect_error(outcome, ErrorKind::Unavailable, "aws.denied");
    EXPECT_TRUE(outcome.error().detail.contains("permission"));
}

TEST_F(ServiceClientTest, ClockOfTheServerIsAdopted) {
    const auto skewed =
        R"({"__type":"a#InvalidSignatureException","message":"Signature expired: x"})";
    http.answer(400, skewed, {{"date", "Thu, 15 Jan 2026 04:04:05 GMT"}});
    http.answer(200);
    http.answer(200);

    ASSERT_TRUE(call());
    ASSERT_TRUE(call());

    EXPECT_EQ(testing::sent_header(http.asked.at(1), "X-Amz-Date"), "20260115T040405Z");
    EXPECT_EQ(testing::sent_header(http.asked.at(2), "X-Amz-Date"), "20260115T040405Z");
}

TEST_F(ServiceClientTest, RefusalForSkewWithoutSkewEnds) {
    const auto skewed = R"({"__type":"a#RequestTimeTooSkewed"})";
    http.answer(403, skewed, {{"date", "Thu, 15 Jan 2026 03:04:09 GMT"}});
    http.answer(403, skewed, {{"date", "Thu, 15 Jan 2026 04:04:05 GMT"}});
    http.answer(403, skewed, {{"date", "Thu, 15 Jan 2026 05:04:05 GMT"}});

    expect_error(call(), ErrorKind::Unavailable, "aws.denied");
    expect_error(call(), ErrorKind::Unavailable, "aws.denied");
    EXPECT_EQ(http.asked.size(), 3U);
}

TEST_F(ServiceClientTest, WithoutCredentialsNothingIsSent) {
    credentials.absent = true;

    expect_error(call(), ErrorKind::Unavailable, "aws.no_credentials");
    EXPECT_TRUE(http.asked.empty());
}

}  // namespace
}  // namespace imagify::aws
