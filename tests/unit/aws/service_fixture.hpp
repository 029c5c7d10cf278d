#pragma once

#include <gtest/gtest.h>

#include "adapters/aws/service_client.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http_client.hpp"
#include "support/seeded_random.hpp"

namespace imagify::aws {

/// Hands out what is set, and counts who was refused.
class FakeCredentials final : public CredentialSource {
public:
    Task<Result<Credentials>> credentials(bool refused) override {
        refusals += refused ? 1 : 0;
        if (refused && newer) current = *newer;
        if (absent) co_return fail(ErrorKind::Unavailable, "aws.no_credentials");
        co_return current;
    }

    Credentials current{.access_key_id = "AKIDOLD", .secret_access_key = Secret("old-secret")};
    std::optional<Credentials> newer;
    bool absent = false;
    int refusals = 0;
};

class ServiceClientTest : public ::testing::Test {
protected:
    Result<ServiceAnswer> call(ServiceCall call = ServiceClient::json_call("DynamoDB.PutItem",
                                                                           "{}")) {
        return testing::run_task(client.call(std::move(call)));
    }
    void throttle() {
        http.answer(400, R"({"__type":"a#ThrottlingException","message":"slower"})");
    }
    static void expect_error(const Result<ServiceAnswer>& outcome, ErrorKind kind,
                             std::string_view code) {
        ASSERT_FALSE(outcome) << outcome->status;
        EXPECT_EQ(outcome.error().kind, kind) << outcome.error().detail;
        EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
    }

    testing::ScriptedHttpClient http;
    FakeCredentials credentials;
    testing::FakeClock clock;
    testing::SeededRandom random;
    ServiceClient client{
        {.service = "dynamodb",
         .region = "ap-southeast-1",
         .endpoint = "http://127.0.0.1:8801/",
         .time_limit = std::chrono::seconds(30)},
        {.http = http, .credentials = credentials, .clock = clock, .random = random}};
};

}  // namespace imagify::aws
