#include "base/worker.hpp"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <latch>
#include <thread>

#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

namespace asio = boost::asio;

std::function<Result<int>()> give(int number) {
    return [number]() -> Result<int> { return number; };
}

/// Occupies one thread of a worker until it is opened.
class Gate {
public:
    std::function<Result<int>()> work() {
        return [this]() -> Result<int> {
            entered_.count_down();
            open_.wait();
            return 0;
        };
    }
    void wait_until_entered() { entered_.wait(); }
    void open() { open_.count_down(); }

private:
    std::latch entered_{1};
    std::latch open_{1};
};

}  // namespace

TEST(WorkerTest, WorkRunsElsewhereAndItsCallerContinuesAtHome) {
    Worker worker(2, 10);
    const auto home = std::this_thread::get_id();
    std::thread::id worked_on;
    const auto task = [&]() -> Task<std::thread::id> {
        const auto number = co_await worker.run<int>([&]() -> Result<int> {
            worked_on = std::this_thread::get_id();
            return 7;
        });
        EXPECT_EQ(number.value_or(-1), 7);
        co_return std::this_thread::get_id();
    };

    EXPECT_EQ(run_task(task()), home);
    EXPECT_NE(worked_on, home);
}

TEST(WorkerTest, FailureOfTheWorkIsHandedOut) {
    Worker worker(1, 10);

    const auto result = run_task(worker.run<int>(
        []() -> Result<int> { return fail(ErrorKind::BadUpstream, "painter.bad_answer"); }));

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "painter.bad_answer");
}

TEST(WorkerTest, WithoutThreadsWorkRunsInsideItsCaller) {
    Worker worker(0, 0);
    std::thread::id worked_on;

    const auto number = run_task(worker.run<int>([&]() -> Result<int> {
        worked_on = std::this_thread::get_id();
        return 7;
    }));

    EXPECT_EQ(number.value_or(-1), 7);
    EXPECT_EQ(worked_on, std::this_thread::get_id());
    EXPECT_EQ(worker.queued(), 0U);
}

TEST(WorkerTest, FullQueueIsUnavailableWithRetryAfterAndTakesWorkAgainLater) {
    constexpr std::size_t kLimit = 3;
    Worker worker(1, kLimit);
    Gate gate;
    asio::io_context context;
    int finished = 0;
    const auto count = [&](std::exception_ptr failure, Result<int> result) {
        finished += !failure && result ? 1 : 0;
    };
    asio::co_spawn(context, worker.run<int>(gate.work()), count);
    context.poll();
    gate.wait_until_entered();
    for (std::size_t i = 0; i < kLimit; ++i) {
        asio::co_spawn(context, worker.run<int>(give(1)), count);
    }
    context.poll();

    EXPECT_EQ(worker.queued(), kLimit);
    const auto refused = run_task(worker.run<int>(give(1)));
    EXPECT_EQ(worker.queued(), kLimit);
    gate.open();
    context.restart();
    context.run();

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(refused.error().code, "server.overloaded");
    ASSERT_TRUE(refused.error().retry_after);
    EXPECT_GE(*refused.error().retry_after, std::chrono::seconds(1));
    EXPECT_EQ(finished, 1 + static_cast<int>(kLimit));
    EXPECT_EQ(worker.queued(), 0U);
    EXPECT_TRUE(run_task(worker.run<int>(give(1))));
}

TEST(WorkerTest, ManyCallersEachGetTheirOwnAnswer) {
    Worker worker(2, 1'000);
    asio::io_context context;
    int right = 0;
    for (int i = 0; i < 500; ++i) {
        asio::co_spawn(context, worker.run<int>(give(i)),
                       [&right, i](std::exception_ptr, Result<int> result) {
                           right += result.value_or(-1) == i ? 1 : 0;
                       });
    }

    context.run();

    EXPECT_EQ(right, 500);
}

TEST(WorkerTest, StopLetsRunningWorkEndAndMayBeCalledTwice) {
    Worker worker(1, 10);
    Gate gate;
    asio::io_context context;
    bool finished = false;
    asio::co_spawn(context, worker.run<int>(gate.work()),
                   [&](std::exception_ptr, Result<int> result) { finished = result.has_value(); });
    context.poll();
    gate.wait_until_entered();
    gate.open();

    worker.stop();
    worker.stop();
    context.restart();
    context.run();

    EXPECT_TRUE(finished);
}

}  // namespace imagify::testing
