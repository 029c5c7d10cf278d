#include "adapters/sqs/sqs_work_queue.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/fixed_credentials.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http_client.hpp"
#include "support/seeded_random.hpp"

namespace imagify::sqs {
namespace {

class SqsWorkQueueTest : public ::testing::Test {
protected:
    Result<void> enqueue() { return testing::run_task(queue.enqueue(GenerationId("g_1"))); }

    testing::ScriptedHttpClient http;
    testing::FixedCredentials credentials;
    testing::FakeClock clock;
    testing::SeededRandom random;
    SqsWorkQueue queue{
        {.queue_url = "https://sqs.ap-southeast-1.amazonaws.com/123456789012/work",
         .region = "ap-southeast-1"},
        {.http = http, .credentials = credentials, .clock = clock, .random = random}};
};

TEST_F(SqsWorkQueueTest, SendsTheGenerationsId) {
    http.answer(200, R"({"MessageId":"m"})");

    ASSERT_TRUE(enqueue());

    const auto& sent = http.asked.at(0);
    EXPECT_EQ(sent.url, "https://sqs.ap-southeast-1.amazonaws.com/");
    EXPECT_EQ(testing::sent_header(sent, "X-Amz-Target"), "AmazonSQS.SendMessage");
    EXPECT_EQ(testing::sent_header(sent, "Content-Type"), "application/x-amz-json-1.0");
    EXPECT_EQ(sent.body,
              R"({"QueueUrl":"https://sqs.ap-southeast-1.amazonaws.com/123456789012/work",)"
              R"("MessageBody":"{\"generationId\":\"g_1\"}"})");
}

TEST_F(SqsWorkQueueTest, RefusalIsOverload) {
    http.answer(400, R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"})");

    const auto outcome = enqueue();

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(outcome.error().code, "server.overloaded");
    EXPECT_TRUE(outcome.error().retry_after);
    EXPECT_TRUE(outcome.error().detail.contains("SQS_QUEUE_URL"));
}

TEST_F(SqsWorkQueueTest, LostAnswerIsOverloadToo) {
    for (int i = 0; i < 5; ++i) http.fail_with(ErrorKind::Timeout, "upstream.timeout");

    EXPECT_EQ(enqueue().error().kind, ErrorKind::Unavailable);
}

TEST_F(SqsWorkQueueTest, CheckAsksForTheQueue) {
    http.answer(200, "{}");
    EXPECT_TRUE(testing::run_task(queue.check()));
    http.answer(400, R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})");
    EXPECT_TRUE(testing::run_task(queue.check()).error().detail.contains("SQS_QUEUE_URL"));
}

TEST(SqsMessageTest, OnlyOursAreRead) {
    EXPECT_EQ(read_message(message_of(GenerationId("g_1"))), GenerationId("g_1"));
    EXPECT_EQ(read_message(R"({"generationId":"g_1","later":"ignored"})"), GenerationId("g_1"));
    for (const auto& text :
         {std::string(), std::string("{}"), std::string("[\"g_1\"]"),
          std::string(R"({"generationId":7})"), std::string(R"({"generationId":""})"),
          R"({"generationId":")" + std::string(65, 'x') + "\"}",
          std::string(2'000, ' ') + message_of(GenerationId("g_1"))}) {
        EXPECT_FALSE(read_message(text)) << text;
    }
}

}  // namespace
}  // namespace imagify::sqs
