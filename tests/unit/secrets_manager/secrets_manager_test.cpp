#include "adapters/secrets_manager/secrets_manager.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/fixed_credentials.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http_client.hpp"
#include "support/seeded_random.hpp"

namespace imagify::secrets_manager {
namespace {

class SecretsManagerTest : public ::testing::Test {
protected:
    std::string ask(const std::string& reference, bool refused = false) {
        const auto secret = testing::run_task(manager.secret(reference, refused));
        return secret ? secret->reveal() : secret.error().code;
    }
    void answer(const std::string& text) {
        http.answer(200, R"({"ARN":"a","SecretString":")" + text + "\"}");
    }

    testing::ScriptedHttpClient http;
    testing::FixedCredentials credentials;
    testing::FakeClock clock;
    testing::SeededRandom random;
    SecretsManager manager{
        {.region = "ap-southeast-1"},
        {.http = http, .credentials = credentials, .clock = clock, .random = random}};
};

const std::string kArn = "arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:imagify-Ab12Cd";

TEST_F(SecretsManagerTest, IsReadOnceInFiveMinutes) {
    answer("one");
    answer("two");

    EXPECT_EQ(ask(kArn), "one");
    clock.advance(std::chrono::minutes(4));
    EXPECT_EQ(ask(kArn), "one");
    clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(ask(kArn), "two");

    EXPECT_EQ(http.asked.size(), 2U);
    EXPECT_EQ(http.asked[0].url, "https://secretsmanager.ap-southeast-1.amazonaws.com/");
    EXPECT_EQ(testing::sent_header(http.asked[0], "X-Amz-Target"), "secretsmanager.GetSecretValue");
    EXPECT_EQ(testing::sent_header(http.asked[0], "Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(http.asked[0].body, "{\"SecretId\":\"" + kArn + "\"}");
}

TEST_F(SecretsManagerTest, MembersOfOneSecretAreReadTogether) {
    answer(R"({\"jwt\":\"j\",\"number\":7})");

    EXPECT_EQ(ask(kArn + "#jwt"), "j");
    EXPECT_EQ(ask(kArn + "#absent"), "secret.no_member");
    EXPECT_EQ(ask(kArn + "#number"), "secret.no_member");
    EXPECT_EQ(ask(kArn), R"({"jwt":"j","number":7})");
    EXPECT_EQ(http.asked.size(), 1U);
}

TEST_F(SecretsManagerTest, RefusedOneIsReadAgainButNotAtOnce) {
    answer("old");
    answer("rotated");

    EXPECT_EQ(ask(kArn), "old");
    EXPECT_EQ(ask(kArn, true), "old") << "read a moment ago";
    clock.advance(std::chrono::seconds(6));
    EXPECT_EQ(ask(kArn, true), "rotated");
}

TEST_F(SecretsManagerTest, KnownOneIsGoodWhileNobodyCanBeAsked) {
    answer("known");
    ASSERT_EQ(ask(kArn), "known");
    clock.advance(std::chrono::minutes(6));

    EXPECT_EQ(ask(kArn), "known");
    const auto asked = http.asked.size();
    EXPECT_EQ(ask(kArn), "known");
    EXPECT_EQ(http.asked.size(), asked) << "not asked for again at once";
}

TEST_F(SecretsManagerTest, AbsentOneSaysWhatToDo) {
    http.answer(400, R"({"__type":"ResourceNotFoundException","Message":"x"})");

    const auto outcome = testing::run_task(manager.secret(kArn));

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(outcome.error().detail.contains("_SECRET_ARN"));
}

TEST_F(SecretsManagerTest, BinaryOneIsRefused) {
    http.answer(200, R"({"SecretBinary":"AAEC"})");

    EXPECT_EQ(ask(kArn), "secret.no_member");
}

}  // namespace
}  // namespace imagify::secrets_manager
