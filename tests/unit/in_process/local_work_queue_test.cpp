#include "adapters/in_process/local_work_queue.hpp"
#include "base/log.hpp"

#include <gtest/gtest.h>

#include "base/suspend.hpp"
#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

namespace asio = boost::asio;

}  // namespace

class LocalWorkQueueTest : public ::testing::Test {
protected:
    /// Work that waits until `finish_one` lets it go.
    LocalWorkQueue::Work held_work() {
        return [this](GenerationId id) -> Task<void> {
            started.push_back(id.text());
            co_await suspend([this](Resume resume) { held.push_back(std::move(resume)); });
            finished.push_back(id.text());
        };
    }

    Result<void> enqueue(LocalWorkQueue& queue, const std::string& id) {
        std::optional<Result<void>> answer;
        asio::co_spawn(context, queue.enqueue(GenerationId(id)),
                       [&](const std::exception_ptr&, Result<void> result) { answer = result; });
        settle();
        return answer.value();
    }

    void finish_one() {
        auto resume = std::move(held.front());
        held.pop_front();
        resume();
        settle();
    }

    /// Runs everything that can run without waiting.
    void settle() {
        context.restart();
        context.poll();
    }

    asio::io_context context;
    std::vector<std::string> started;
    std::vector<std::string> finished;
    std::deque<Resume> held;
};

TEST_F(LocalWorkQueueTest, RunsABoundedNumberAtATimeInOrder) {
    LocalWorkQueue queue(held_work(), {.running = 2, .waiting = 10});
    for (const auto* id : {"a", "b", "c", "d"}) ASSERT_TRUE(enqueue(queue, id));

    EXPECT_EQ(started, (std::vector<std::string>{"a", "b"}));
    finish_one();
    EXPECT_EQ(started, (std::vector<std::string>{"a", "b", "c"}));
    while (!held.empty()) finish_one();

    EXPECT_EQ(started, (std::vector<std::string>{"a", "b", "c", "d"}));
    EXPECT_EQ(finished.size(), 4U);
}

TEST_F(LocalWorkQueueTest, FullLineIsUnavailableWithRetryAfterUntilThereIsRoom) {
    LocalWorkQueue queue(held_work(), {.running = 1, .waiting = 2});
    ASSERT_TRUE(enqueue(queue, "runs"));
    ASSERT_TRUE(enqueue(queue, "first"));
    ASSERT_TRUE(enqueue(queue, "second"));

    const auto refused = enqueue(queue, "third");
    finish_one();
    const auto taken = enqueue(queue, "fourth");
    while (!held.empty()) finish_one();

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(refused.error().code, "server.overloaded");
    EXPECT_TRUE(refused.error().retry_after);
    EXPECT_TRUE(taken);
    EXPECT_EQ(finished, (std::vector<std::string>{"runs", "first", "second", "fourth"}));
}

TEST_F(LocalWorkQueueTest, DrainEndsAfterWhatRunsAndWaitsAndTakesNothingMore) {
    LocalWorkQueue queue(held_work(), {.running = 1, .waiting = 10});
    ASSERT_TRUE(enqueue(queue, "a"));
    ASSERT_TRUE(enqueue(queue, "b"));
    bool drained = false;
    asio::co_spawn(context, queue.drain(), [&](const std::exception_ptr&) { drained = true; });
    settle();

    const auto late = enqueue(queue, "late");
    EXPECT_FALSE(drained);
    finish_one();
    EXPECT_FALSE(drained);
    finish_one();

    EXPECT_TRUE(drained);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(finished, (std::vector<std::string>{"a", "b"}));
}

TEST_F(LocalWorkQueueTest, DrainOfAnIdleQueueEndsAtOnce) {
    LocalWorkQueue queue(held_work(), {});

    run_task(queue.drain());
    run_task(queue.drain());

    EXPECT_FALSE(enqueue(queue, "late"));
}

TEST_F(LocalWorkQueueTest, EveryoneWhoDrainsIsTold) {
    LocalWorkQueue queue(held_work(), {});
    ASSERT_TRUE(enqueue(queue, "a"));
    int told = 0;
    for (int i = 0; i < 3; ++i) {
        asio::co_spawn(context, queue.drain(), [&](const std::exception_ptr&) { ++told; });
    }
    settle();

    finish_one();

    EXPECT_EQ(told, 3);
}

TEST_F(LocalWorkQueueTest, WorkThatThrowsIsLoggedAndFreesItsPlace) {
    const auto work = [this](GenerationId id) -> Task<void> {
        started.push_back(id.text());
        if (id.text() == "bad") throw std::runtime_error("the brush broke");
        finished.push_back(id.text());
        co_return;
    };
    LocalWorkQueue queue(work, {.running = 1, .waiting = 10});
    ::testing::internal::CaptureStderr();

    for (const auto* id : {"bad", "good", "bad", "best"}) ASSERT_TRUE(enqueue(queue, id));
    run_task(queue.drain());

    flush_log();
    const auto log = ::testing::internal::GetCapturedStderr();
    EXPECT_TRUE(log.contains("work.failed"));
    EXPECT_TRUE(log.contains("the brush broke"));
    EXPECT_EQ(finished, (std::vector<std::string>{"good", "best"}));
}

TEST_F(LocalWorkQueueTest, WorkMayOutliveTheQueue) {
    auto queue = std::make_unique<LocalWorkQueue>(
        held_work(), LocalWorkQueue::Limits{.running = 1, .waiting = 10});
    ASSERT_TRUE(enqueue(*queue, "a"));
    ASSERT_TRUE(enqueue(*queue, "b"));

    queue.reset();
    while (!held.empty()) finish_one();

    EXPECT_EQ(finished, (std::vector<std::string>{"a", "b"}));
}

}  // namespace imagify::testing
