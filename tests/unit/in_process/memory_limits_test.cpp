#include "adapters/in_process/memory_limits.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

using std::chrono::minutes;

constexpr LimitRule kTen{.name = "ten", .quota = 10, .window = minutes(10)};
constexpr LimitRule kOne{.name = "one", .quota = 1, .window = minutes(1)};

class MemoryLimitsTest : public ::testing::Test {
protected:
    LimitUse take(LimitRule rule, const std::string& key = "an") {
        return run_task(limits.take(rule, key));
    }
    LimitUse guess(const std::string& key = "an") { return run_task(limits.guess(key)); }

    FakeClock clock;
    MemoryLimits limits{clock, 4};
};

TEST_F(MemoryLimitsTest, CounterUnusedForLongestMakesRoom) {
    for (const auto* key : {"a", "b", "c", "d"}) ASSERT_TRUE(take(kOne, key).allowed);
    EXPECT_FALSE(take(kOne, "a").allowed);

    EXPECT_TRUE(take(kOne, "e").allowed);

    EXPECT_EQ(limits.size(), 4U);
    EXPECT_FALSE(take(kOne, "a").allowed);
    EXPECT_FALSE(take(kOne, "c").allowed);
    EXPECT_FALSE(take(kOne, "d").allowed);
    EXPECT_TRUE(take(kOne, "b").allowed);
    EXPECT_EQ(limits.size(), 4U);
}

TEST_F(MemoryLimitsTest, AnyNumberOfKeysTakesBoundedRoom) {
    for (int i = 0; i < 1'000; ++i) {
        take(kTen, std::to_string(i));
        guess(std::to_string(i));
    }
    EXPECT_EQ(limits.size(), 4U);
}

}  // namespace
}  // namespace imagify::testing
