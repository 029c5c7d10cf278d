#include "transport/lambda/function.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "unit/lambda/events.hpp"

namespace imagify::lambda {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Answers as a test wants it and remembers what it was asked.
class Service final : public http::Service {
public:
    Task<http::Response> handle(http::Request request) override {
        if (throws) throw std::runtime_error("a bug");
        asked.push_back(std::move(request));
        co_return http::Response{.status = 200, .body = "ok", .route = "/plans", .user_id = "u_1"};
    }
    bool throws = false;
    std::vector<http::Request> asked;
};

class FunctionTest : public ::testing::Test {
protected:
    Result<std::string> handle(std::string event, seconds left = seconds(30)) {
        Function function(
            {.service = takes_requests ? &service : nullptr,
             .work = [this](std::string body) -> Task<Result<void>> {
                 worked.push_back(body);
                 clock.advance(each_takes);
                 if (body == "second") co_return fail(ErrorKind::Unavailable, "store.unavailable");
                 if (body == "third" && third_throws) throw std::runtime_error("a bug");
                 co_return Result<void>{};
             },
             .work_limit = seconds(10),
             .tasks = {{"reap", [] { return counted(2); }},
                       {"mail", [this] { return failing ? broken() : counted(3); }}},
             .settle = [this]() -> Task<void> {
                 settled = true;
                 co_return;
             },
             .on_answer = [this](const AnsweredRequest& answer) { log += line(answer); },
             .clock = clock});
        return testing::run_task(function.handle({.id = "invocation-1",
                                                  .event = std::move(event),
                                                  .deadline = clock.steady_now() + left}));
    }

    static Task<Result<std::int64_t>> counted(std::int64_t count) { co_return count; }
    static Task<Result<std::int64_t>> broken() {
        co_return fail(ErrorKind::Unavailable, "store.unavailable", "no table");
    }
    static std::string line(const AnsweredRequest& answer) {
        return std::string(answer.route) + ' ' + std::to_string(answer.status) + ' ' +
               std::string(answer.request_id) + ' ' + std::string(answer.user_id);
    }

    testing::FakeClock clock;
    Service service;
    bool takes_requests = true;
    bool third_throws = false;
    bool failing = false;
    bool settled = false;
    milliseconds each_takes{0};
    std::vector<std::string> worked;
    std::string log;
};

std::string body_of(const Result<std::string>& answer) {
    return std::string(boost::json::parse(answer.value()).at("body").as_string());
}

}  // namespace

TEST_F(FunctionTest, RequestIsAnsweredAndLogged) {
    const auto answer = handle(recorded("http_post.json"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(boost::json::parse(*answer).at("statusCode"), 200);
    EXPECT_EQ(log, "/plans 200 JKJaXmPLvHcESHA= u_1");
    EXPECT_TRUE(settled);
}

TEST_F(FunctionTest, RequestKnowsWhenLambdaWouldKillIt) {
    handle(recorded("http_post.json"), seconds(20));

    ASSERT_EQ(service.asked.size(), 1U);
    EXPECT_EQ(service.asked[0].answer_by, clock.steady_now() + seconds(20) - kAnswerMargin);
}

TEST_F(FunctionTest, RequestWithoutAnIdTakesThatOfTheInvocation) {
    handle(recorded("rest_get.json", {{"requestContext", nullptr}}));

    ASSERT_EQ(service.asked.size(), 1U);
    EXPECT_EQ(service.asked[0].request_id, "invocation-1");
}

TEST_F(FunctionTest, RefusedRequestReachesNoRoute) {
    const auto answer = handle(recorded("rest_get.json", {{"path", "x"}}));

    ASSERT_TRUE(answer);
    EXPECT_TRUE(body_of(answer).contains("request.malformed"));
    EXPECT_TRUE(service.asked.empty());
}

TEST_F(FunctionTest, BugInARouteIsAnAnswer) {
    service.throws = true;

    const auto answer = handle(recorded("http_post.json"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(boost::json::parse(*answer).at("statusCode"), 500);
    EXPECT_FALSE(answer->contains("a bug"));
}

TEST_F(FunctionTest, WorkerAnswersNoRequests) {
    takes_requests = false;

    const auto answer = handle(recorded("http_post.json"));

    ASSERT_TRUE(answer);
    EXPECT_TRUE(body_of(answer).contains("route.not_found"));
}

TEST_F(FunctionTest, OnlyFailedMessagesComeBack) {
    third_throws = true;

    const auto answer = handle(recorded("sqs.json"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer,
              R"({"batchItemFailures":[{"itemIdentifier":"m-2"},{"itemIdentifier":"m-3"}]})");
    EXPECT_EQ(worked, (std::vector<std::string>{"first", "second", "third"}));
}

TEST_F(FunctionTest, MessageIsNotBegunWithoutTimeToEndIt) {
    each_takes = seconds(10);

    const auto answer = handle(recorded("sqs.json"), seconds(20));

    EXPECT_EQ(worked, (std::vector<std::string>{"first", "second"}));
    EXPECT_EQ(answer.value(),
              R"({"batchItemFailures":[{"itemIdentifier":"m-2"},{"itemIdentifier":"m-3"}]})");
}

TEST_F(FunctionTest, ScheduleRunsEveryTask) {
    EXPECT_EQ(handle(recorded("schedule.json")).value(), R"({"reap":2,"mail":3})");
    EXPECT_EQ(handle(R"({"imagify":"mail"})").value(), R"({"mail":3})");
}

TEST_F(FunctionTest, FailedTaskIsAFailedInvocation) {
    failing = true;

    const auto answer = handle(recorded("schedule.json"));

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().detail, "mail: no table");
    EXPECT_EQ(handle(R"({"imagify":"reap"})").value(), R"({"reap":2})");
}

TEST_F(FunctionTest, UnknownTaskIsToldTheKnownOnes) {
    const auto answer = handle(R"({"imagify":"rep"})");

    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().detail.contains("reap, mail"));
}

TEST_F(FunctionTest, TaskIsNotBegunWithoutTime) {
    EXPECT_EQ(handle(recorded("schedule.json"), seconds(2)).error().code, "work.no_time");
}

}  // namespace imagify::lambda
