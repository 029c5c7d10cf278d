#include <gtest/gtest.h>

#include "adapters/cognito/faults.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http.hpp"

namespace imagify::testing {
namespace {

using cognito::Attempt;
using cognito::normalize;
using cognito::UserCalls;

const cognito::CognitoSettings kSettings{
    .user_pool_id = "eu-west-1_AbC", .client_id = "client", .client_secret = Secret("secret")};

class UserCallsTest : public ::testing::Test {
protected:
    Result<cognito::UserAnswer> call() {
        return run_task(calls.call("InitiateAuth", {{"Password", "hunter2"}}));
    }
    void answers(unsigned status, std::string body) {
        http.script = [status, body](const OutboundRequest&) { return answer_of(status, body); };
    }

    FakeClock clock;
    ScriptedHttp http;
    UserCalls calls{kSettings, http, clock};
};

TEST_F(UserCallsTest, SpeaksCognitosProtocolToThePoolsRegion) {
    answers(200, R"({"ok":true})");
    const auto answer = call();

    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->fault.empty());
    const auto& request = http.requests.at(0);
    EXPECT_EQ(request.url, "https://cognito-idp.eu-west-1.amazonaws.com/");
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.headers,
              (std::vector<std::pair<std::string, std::string>>{
                  {"Content-Type", "application/x-amz-json-1.1"},
                  {"X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth"}}));
    EXPECT_EQ(kSettings.issuer(), "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC");
}

TEST_F(UserCallsTest, SecretHashIsTheDocumentedOne) {
    // printf 'an@example.vnclient' | openssl dgst -sha256 -hmac secret -binary | base64
    EXPECT_EQ(calls.secret_hash("an@example.vn"), "uvverQUrWret2t9SlMP+lIsQfRY22SyV2awDXnrt1T8=");
    EXPECT_EQ(UserCalls({.user_pool_id = "x_y", .client_id = "c"}, http, clock).secret_hash("an"),
              "");
}

TEST_F(UserCallsTest, FaultIsNamedWithoutItsWrapping) {
    for (const auto* type :
         {"NotAuthorizedException", "com.amazonaws.cognito#NotAuthorizedException",
          "NotAuthorizedException:http://internal.amazon.com/x/"}) {
        answers(400, std::string(R"({"__type":")") + type + R"(","message":"no"})");
        const auto answer = call();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->fault, "NotAuthorizedException");
    }
}

TEST_F(UserCallsTest, WhatIsNoAnswerIsUnavailableAndTellsNothingThatWasSent) {
    const auto refused = [&](unsigned status, const char* body) {
        answers(status, body);
        const auto answer = call();
        EXPECT_FALSE(answer) << body;
        if (answer) return;
        EXPECT_EQ(answer.error().kind, ErrorKind::Unavailable);
        EXPECT_EQ(answer.error().code, "identity.unavailable");
        EXPECT_EQ(answer.error().detail.find("hunter2"), std::string::npos);
    };
    refused(500, R"({"__type":"InternalErrorException"})");
    refused(503, "<html>");
    refused(400, "{}");
    refused(403, "[]");
    refused(200, "oops");
    for (const auto* fault :
         {"TooManyRequestsException", "LimitExceededException", "TooManyFailedAttemptsException"}) {
        answers(400, std::string(R"({"__type":")") + fault + "\"}");
        EXPECT_EQ(call().error().kind, ErrorKind::RateLimited) << fault;
    }
}

TEST_F(UserCallsTest, CallThatNeverArrivedIsSentOnceMore) {
    http.script = [this](const OutboundRequest&) -> Result<OutboundAnswer> {
        if (http.requests.size() > 1) return answer_of(200, "{}");
        return fail(ErrorKind::Unavailable, "upstream.unreachable");
    };
    EXPECT_TRUE(call());
    EXPECT_EQ(http.requests.size(), 2U);
    http.script = [](const OutboundRequest&) {
        return fail(ErrorKind::Timeout, "upstream.timeout");
    };
    EXPECT_FALSE(call());
    EXPECT_EQ(http.requests.size(), 3U);
}

TEST(CognitoFaults, UnknownPersonAndWrongPasswordAreOneError) {
    for (const auto* fault : {"NotAuthorizedException", "UserNotFoundException",
                              "InvalidPasswordException", "InvalidParameterException"}) {
        const auto error = normalize({.fault = fault}, Attempt::LogIn);
        EXPECT_EQ(error.kind, ErrorKind::Unauthenticated) << fault;
        EXPECT_EQ(error.code, "auth.bad_credentials") << fault;
    }
}

TEST(CognitoFaults, CodesThatAreWorthNothingAreOneError) {
    for (const auto attempt : {Attempt::Code, Attempt::Reset}) {
        for (const auto* fault : {"CodeMismatchException", "ExpiredCodeException",
                                  "NotAuthorizedException", "UserNotFoundException"}) {
            EXPECT_EQ(normalize({.fault = fault}, attempt).code, "auth.link_invalid") << fault;
        }
    }
}

TEST(CognitoFaults, UnexpectedFaultBlamesTheSetUpNotThePerson) {
    const auto error = normalize(
        {.fault = "ResourceNotFoundException", .fault_message = "no such client"}, Attempt::LogIn);
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_EQ(error.code, "identity.refused");
    EXPECT_NE(error.detail.find("no such client"), std::string::npos);
}

}  // namespace
}  // namespace imagify::testing
