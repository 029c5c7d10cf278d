#include "unit/lambda/runtime_api.hpp"

#include <gtest/gtest.h>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "support/fake_clock.hpp"
#include "transport/lambda/event.hpp"
#include "transport/lambda/event_loop.hpp"

namespace imagify::lambda {
namespace {

using testing::FakeRuntimeApi;

class EventLoopTest : public ::testing::Test {
protected:
    // Takes events until the API has seen `posts`.
    void run_until(FakeRuntimeApi& fake, std::size_t posts) {
        RuntimeApi api(fake.address(), http_client, clock);
        EventLoop loop({.api = api,
                        .handle = [this](Invocation invocation) -> Task<Result<std::string>> {
                            seen.push_back(invocation);
                            if (invocation.event == "bad") {
                                co_return fail(ErrorKind::Invalid, "event.unknown",
                                               "no such thing");
                            }
                            co_return "answer to " + invocation.event;
                        },
                        .afterwards = [&](auto) -> Task<void> {
                            if (++afterwards == posts) context.stop();
                            co_return;
                        }});
        boost::asio::co_spawn(context, loop.run(),
                              [this](const std::exception_ptr&, const Result<void>& ended) {
                                  if (!ended) failure = ended.error();
                              });
        context.run();
    }

    template <class T>
    T run(Task<T> task) {
        return testing::run_on(context, std::move(task));
    }

    boost::asio::io_context context;
    testing::FakeClock clock;
    BeastHttpClient http_client;
    std::vector<Invocation> seen;
    std::size_t afterwards = 0;
    std::optional<Error> failure;
};

}  // namespace

TEST_F(EventLoopTest, EventsAreAnsweredOneAfterTheOther) {
    FakeRuntimeApi fake({"a", "b"});

    run_until(fake, 2);

    const auto posted = fake.posted();
    ASSERT_EQ(posted.size(), 2U);
    EXPECT_EQ(posted[0].path, "/2018-06-01/runtime/invocation/id-1/response");
    EXPECT_EQ(posted[0].body, "answer to a");
    EXPECT_EQ(posted[1].path, "/2018-06-01/runtime/invocation/id-2/response");
    EXPECT_EQ(seen[0].trace, "Root=1-2-3;Parent=4;Sampled=1");
}

TEST_F(EventLoopTest, OneConnectionServesAllEvents) {
    FakeRuntimeApi fake({"a", "b", "c"});

    run_until(fake, 3);

    EXPECT_EQ(fake.connections(), 1);
}

TEST_F(EventLoopTest, FailedInvocationIsReportedAndTheNextTaken) {
    FakeRuntimeApi fake({"bad", "b"});

    run_until(fake, 2);

    const auto posted = fake.posted();
    ASSERT_EQ(posted.size(), 2U);
    EXPECT_EQ(posted[0].path, "/2018-06-01/runtime/invocation/id-1/error");
    EXPECT_EQ(posted[0].body,
              R"({"errorMessage":"no such thing","errorType":"event.unknown","stackTrace":[]})");
    EXPECT_TRUE(posted[0].head.contains("Lambda-Runtime-Function-Error-Type: event.unknown"));
    EXPECT_EQ(posted[1].body, "answer to b");
}

TEST_F(EventLoopTest, AnswerIsSentAgainOnANewConnection) {
    FakeRuntimeApi fake({"a", "b"});
    fake.closes = true;

    run_until(fake, 2);

    ASSERT_EQ(fake.posted().size(), 2U);
    EXPECT_EQ(fake.posted()[1].body, "answer to b");
}

TEST_F(EventLoopTest, RuntimeApiThatIsGoneEndsTheLoop) {
    RuntimeApi api("127.0.0.1:9", http_client, clock);
    EventLoop loop({.api = api, .handle = {}});

    const auto ended = run(loop.run());

    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().kind, ErrorKind::Unavailable);
}

TEST_F(EventLoopTest, DeadlineCountsFromNow) {
    FakeRuntimeApi fake({"a"}, std::to_string(to_unix_ms(clock.now()) + 5'000));
    RuntimeApi api(fake.address(), http_client, clock);

    const auto invocation = run(api.next());

    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->deadline, clock.steady_now() + std::chrono::seconds(5));
}

TEST_F(EventLoopTest, DeadlineThatIsNoneIsReplaced) {
    for (const auto* text : {"", "soon", "99999999999999999999"}) {
        FakeRuntimeApi fake({"a"}, text);
        RuntimeApi api(fake.address(), http_client, clock);

        EXPECT_EQ(run(api.next())->deadline, clock.steady_now() + std::chrono::seconds(30));
    }
}

TEST_F(EventLoopTest, EventOverTheLimitStillHasAnId) {
    FakeRuntimeApi fake({std::string(kEventMaxBytes + 1, 'x')});
    RuntimeApi api(fake.address(), http_client, clock);

    const auto invocation = run(api.next());

    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->id, "id-1");
}

TEST_F(EventLoopTest, FailedStartIsReported) {
    FakeRuntimeApi fake({});
    RuntimeApi api(fake.address(), http_client, clock);

    const auto reported = run(api.report_init(Error{
        .kind = ErrorKind::Invalid, .code = "config.invalid", .detail = "JWT_SECRET is needed"}));

    EXPECT_TRUE(reported);
    ASSERT_EQ(fake.posted().size(), 1U);
    EXPECT_EQ(fake.posted()[0].path, "/2018-06-01/runtime/init/error");
    EXPECT_TRUE(fake.posted()[0].body.contains("JWT_SECRET is needed"));
}

TEST_F(EventLoopTest, StoppingLosesNothing) {
    FakeRuntimeApi fake({"a"});
    RuntimeApi api(fake.address(), http_client, clock);
    std::optional<bool> idle;
    std::optional<EventLoop> loop;
    loop.emplace(
        EventLoop::Parts{.api = api, .handle = [&](Invocation) -> Task<Result<std::string>> {
                             idle = loop->stop();
                             co_return std::string("done");
                         }});

    EXPECT_TRUE(run(loop->run()));

    EXPECT_EQ(idle, false);
    EXPECT_EQ(fake.posted().size(), 1U);
    EXPECT_TRUE(loop->stop());
}

}  // namespace imagify::lambda
