#include "adapters/dynamodb/dynamo_limits.hpp"
#include "adapters/in_process/memory_limits.hpp"
#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using dynamo::Fault;

constexpr LimitRule kThree{.name = "three", .quota = 3, .window = std::chrono::minutes(1)};

class DynamoLimitsTest : public DynamoTest {
protected:
    MemoryLimits meanwhile{clock};
    dynamodb::DynamoLimits here{
        {.client = rig.client(), .users = tables.users, .clock = clock, .meanwhile = meanwhile}};
    dynamodb::DynamoLimits there{
        {.client = rig.client(), .users = tables.users, .clock = clock, .meanwhile = meanwhile}};
};

TEST_F(DynamoLimitsTest, ServersCountTogether) {
    EXPECT_TRUE(run_task(here.take(kThree, "an")).allowed);
    EXPECT_TRUE(run_task(there.take(kThree, "an")).allowed);
    EXPECT_EQ(run_task(here.take(kThree, "an")).remaining, 0);

    EXPECT_FALSE(run_task(there.take(kThree, "an")).allowed);
    EXPECT_FALSE(run_task(here.take(kThree, "an")).allowed);

    for (std::int64_t i = 0; i < kFreeGuesses; ++i) run_task((i % 2 ? here : there).guess("an"));
    EXPECT_FALSE(run_task(here.guess("an")).allowed);
    EXPECT_FALSE(run_task(there.guess("an")).allowed);
    EXPECT_EQ(here.counted_alone() + there.counted_alone(), 0);
}

TEST_F(DynamoLimitsTest, WithoutTheTableAProcessCountsAlone) {
    for (const auto* const operation : {"UpdateItem", "GetItem", "PutItem"}) {
        script(operation, std::deque<Fault>(10'000, Fault::RequestLost));
    }
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(run_task(here.take(kThree, "an")).allowed);

    EXPECT_FALSE(run_task(here.take(kThree, "an")).allowed);
    EXPECT_EQ(here.counted_alone(), 4);
    EXPECT_TRUE(run_task(here.guess("an")).allowed);
    EXPECT_EQ(here.counted_alone(), 5);
}

TEST_F(DynamoLimitsTest, CountersGoByThemselvesAndNameNobody) {
    run_task(here.take(kThree, "203.0.113.9"));
    run_task(here.guess("an@example.vn"));

    const auto counters = run_task(client().scan(tables.users));
    ASSERT_TRUE(counters);
    ASSERT_EQ(counters->size(), 2U);
    for (const auto& item : *counters) {
        EXPECT_GT(item.number("ttl"), to_unix_ms(clock.now()) / 1'000);
        EXPECT_EQ(item.text("userId").find("an@"), std::string::npos);
        EXPECT_EQ(item.text("userId").find("203."), std::string::npos);
    }
}

}  // namespace
}  // namespace imagify::testing
