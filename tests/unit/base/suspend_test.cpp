#include "base/suspend.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "support/run_task.hpp"

namespace imagify::testing {

TEST(SuspendTest, ContinuesOnItsOwnThreadWhenAnotherThreadResumes) {
    const auto home = std::this_thread::get_id();
    std::jthread other;
    const auto work = [&]() -> Task<std::thread::id> {
        co_await suspend([&](Resume resume) {
            other = std::jthread([resume = std::move(resume)]() mutable { resume(); });
        });
        co_return std::this_thread::get_id();
    };

    EXPECT_EQ(run_task(work()), home);
}

TEST(SuspendTest, MayBeResumedAtOnce) {
    const auto work = []() -> Task<int> {
        for (int i = 0; i < 10'000; ++i) {
            co_await suspend([](Resume resume) { resume(); });
        }
        co_return 1;
    };

    EXPECT_EQ(run_task(work()), 1);
}

}  // namespace imagify::testing
