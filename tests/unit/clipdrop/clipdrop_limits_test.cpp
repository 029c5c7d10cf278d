#include "adapters/clipdrop/call_budget.hpp"
#include "adapters/clipdrop/prompt_style.hpp"
#include "unit/clipdrop/clipdrop_fixture.hpp"

namespace imagify::testing {
namespace {

TEST(CallBudgetTest, NoMinuteHasMoreCallsThanAllowed) {
    HastyClock clock;
    CallBudget budget(60, clock);
    std::vector<std::chrono::milliseconds> taken;

    for (int i = 0; i < 3'000; ++i) {
        clock.ahead += std::chrono::milliseconds(i % 7 == 0 ? 997 : 13);
        if (!budget.take()) taken.push_back(clock.ahead);
    }

    ASSERT_GT(taken.size(), 200U);
    for (std::size_t i = 60; i < taken.size(); ++i) {
        EXPECT_GT(taken[i] - taken[i - 60], 59s);
    }
}

TEST(CallBudgetTest, SaysHowLongToWait) {
    HastyClock clock;
    CallBudget budget(2, clock);
    EXPECT_FALSE(budget.take());
    clock.ahead = 20s;
    EXPECT_FALSE(budget.take());
    clock.ahead = 30s;

    const auto wait = budget.take();

    ASSERT_TRUE(wait);
    EXPECT_LE(*wait, 30s);
    EXPECT_GE(*wait, 29s);
    clock.ahead += *wait + 1s;
    EXPECT_FALSE(budget.take());
    EXPECT_TRUE(budget.take());
}

TEST(CallBudgetTest, NoneIsNone) {
    HastyClock clock;
    CallBudget budget(0, clock);

    EXPECT_EQ(budget.take(), 60s);
}

TEST_F(ClipdropTest, OverOurOwnLimitNobodyIsCalled) {
    Answers plan({png_answer({}, 100)});
    const UpstreamServer server(plan.script());
    ClipdropPainter painter({.api_key = Secret("key"), .url = server.url() + "/"}, http, clock,
                            random);
    const auto paint_once = [&] {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        return run_on(context, painter.paint({{.prompt = "a cat"}, deadline}, sink));
    };
    for (int i = 0; i < 60; ++i) ASSERT_TRUE(paint_once()) << i;

    const auto outcome = paint_once();

    expect_error(outcome, ErrorKind::RateLimited, "painter.rate_limited");
    EXPECT_GT(outcome.error().retry_after.value_or(0s), 50s);
    EXPECT_EQ(plan.calls, 60);
    clock.ahead += 61s;
    EXPECT_TRUE(paint_once());
}

TEST_F(ClipdropTest, OffersWhatItCanDoAndNoMore) {
    const ClipdropPainter painter({.api_key = Secret("key")}, http, clock, random);
    const auto& can = painter.capabilities();

    EXPECT_EQ(can.id, "clipdrop");
    EXPECT_FALSE(can.demo);
    EXPECT_FALSE(can.seed);
    EXPECT_FALSE(can.negative_prompt);
    EXPECT_EQ(can.aspect_ratios, std::vector{AspectRatio::Square});
    EXPECT_EQ(can.styles.front(), "none");
}

TEST_F(ClipdropTest, AnotherFrameIsNotAskedFor) {
    const UpstreamServer server(always(png_answer()));

    expect_error(
        paint_at(server.url(), {.prompt = "a cat", .aspect_ratio = AspectRatio::Landscape16x9}),
        ErrorKind::Invalid, "painter.unsupported");
    EXPECT_EQ(server.connections(), 0);
}

TEST(PromptStyleTest, AStyleIsAskedForInWords) {
    EXPECT_EQ(with_style("một con mèo", "lacquer"),
              "một con mèo, Vietnamese lacquer painting, gold leaf on deep red and black");
    EXPECT_EQ(with_style("a cat", "none"), "a cat");
    EXPECT_EQ(with_style("a cat", "no such style"), "a cat");
    for (const auto& style : prompt_styles()) {
        EXPECT_TRUE(with_style("a cat", style).starts_with("a cat"));
    }
}

TEST(PromptStyleTest, AStyleNeverMakesAPromptTooLong) {
    const std::size_t suffix = with_style("", "pixel").size();
    std::string fits;
    for (std::size_t i = 0; i < kPromptMaxCodePoints - suffix; ++i) fits += "ê";

    EXPECT_NE(with_style(fits, "pixel"), fits);
    EXPECT_EQ(with_style(fits + "x", "pixel"), fits + "x");
}

}  // namespace
}  // namespace imagify::testing
