#include "domain/plan.hpp"

#include <gtest/gtest.h>

namespace imagify {

TEST(PlanListTest, DefaultsAreTheThreePlansOfTheBrief) {
    const auto plans = PlanList::defaults();

    ASSERT_EQ(plans.all().size(), 3U);
    EXPECT_EQ(plans.all()[0].id, "basic");
    EXPECT_EQ(plans.find("basic")->credits, Credits{100});
    EXPECT_EQ(plans.find("basic")->price, Vnd{250'000});
    EXPECT_EQ(plans.find("advanced")->credits, Credits{500});
    EXPECT_EQ(plans.find("advanced")->price, Vnd{1'250'000});
    EXPECT_EQ(plans.find("business")->credits, Credits{5'000});
    EXPECT_EQ(plans.find("business")->price, Vnd{6'250'000});
}

TEST(PlanListTest, FindsByTheExactIdOnly) {
    const auto plans = PlanList::defaults();

    for (const auto* id : {"", "Basic", "basic ", "bas", "free"}) EXPECT_FALSE(plans.find(id));
    EXPECT_FALSE(PlanList({}).find("basic"));
}

TEST(PlanListTest, EveryDefaultPriceIsOneTheGatewayTakes) {
    const auto plans = PlanList::defaults();

    for (const auto& plan : plans.all()) {
        EXPECT_GE(plan.price, kMinPayment);
        EXPECT_LE(plan.price, kMaxPayment);
        EXPECT_GT(plan.credits.count, 0);
    }
}

TEST(MoneyTest, CreditsAddAndSubtractAndCompare) {
    EXPECT_EQ(Credits{2} + Credits{3}, Credits{5});
    EXPECT_EQ(Credits{2} - Credits{3}, Credits{-1});
    EXPECT_LT(Credits{2}, Credits{3});
    static_assert(!std::is_convertible_v<Credits, Vnd>);
}

}  // namespace imagify
