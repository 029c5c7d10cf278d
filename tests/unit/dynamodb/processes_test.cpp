#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using std::chrono::seconds;

class ProcessesTest : public DynamoTest {
protected:
    std::vector<GenerationId> orphans(const std::string& own_lease, std::size_t limit = 100) {
        const auto found = run_task(store().orphaned_holds(own_lease, limit));
        EXPECT_TRUE(found);
        std::vector<GenerationId> ids;
        if (!found) return ids;
        for (const auto& generation : *found) ids.push_back(generation.id);
        return ids;
    }
    void beat(const std::string& lease) {
        ASSERT_TRUE(run_task(store().keep_alive(lease, clock.now())));
    }
};

TEST_F(ProcessesTest, HoldsOfServersThatLiveAreNoOrphans) {
    const auto account = make_account();
    beat("p_1");
    beat("p_2");
    const auto of_first = hold(account.id, "p_1");
    const auto of_second = hold(account.id, "p_2");
    const auto of_dead = hold(account.id, "p_3");
    ASSERT_TRUE(of_first && of_second && of_dead);

    EXPECT_EQ(orphans("p_1"), std::vector{of_dead->generation.id});
    EXPECT_EQ(orphans("p_3"), std::vector<GenerationId>{});
}

TEST_F(ProcessesTest, ServerThatIsSilentForTwentySecondsIsDead) {
    const auto account = make_account();
    beat("p_1");
    const auto held = hold(account.id, "p_1");
    ASSERT_TRUE(held);

    clock.advance(seconds(19));
    EXPECT_TRUE(orphans("p_2").empty());
    clock.advance(seconds(1));
    EXPECT_EQ(orphans("p_2"), std::vector{held->generation.id});
    beat("p_1");
    EXPECT_TRUE(orphans("p_2").empty());
}

// Else a busy store would hide them.
TEST_F(ProcessesTest, LimitCountsOrphansOnly) {
    const auto account = make_account();
    beat("p_1");
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(hold(account.id, "p_1"));
    clock.advance(seconds(1));
    const auto held = hold(account.id, "p_3");
    ASSERT_TRUE(held);

    EXPECT_EQ(orphans("p_2", 1), std::vector{held->generation.id});
}

}  // namespace
}  // namespace imagify::testing
