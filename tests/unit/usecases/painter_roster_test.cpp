#include "usecases/painter_roster.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

/// A painter that only says what it can.
class FakePainter final : public Painter {
public:
    explicit FakePainter(std::string id) {
        can.id = std::move(id);
        can.aspect_ratios = {AspectRatio::Square};
        can.styles = {"none"};
    }
    const PainterCapabilities& capabilities() const override { return can; }
    Task<Result<Painted>> paint(PaintRequest, ByteSink&) override { co_return Painted{}; }

    PainterCapabilities can;
};

}  // namespace

class PainterRosterTest : public ::testing::Test {
protected:
    std::string candidates(const PictureOrder& order = {.prompt = "x"},
                           std::string_view engine = "") const {
        std::string names;
        for (const auto* painter : roster.candidates(order, engine)) {
            names += painter->capabilities().id + ' ';
        }
        return names;
    }
    void fail_times(const Painter& painter, int times) {
        for (int i = 0; i < times; ++i) roster.report(painter, false);
    }

    FakeClock clock;
    FakePainter first{"first"};
    FakePainter second{"second"};
    FakePainter third{"third"};
    PainterRoster roster{{&first, &second, &third}, clock};
};

TEST_F(PainterRosterTest, KeepsTheOrderOfPreference) {
    EXPECT_EQ(candidates(), "first second third ");
    ASSERT_EQ(roster.capabilities().size(), 3U);
    EXPECT_EQ(roster.capabilities()[0]->id, "first");
}

TEST_F(PainterRosterTest, RestsAtTheEndAfterFiveFailuresInARow) {
    fail_times(first, 4);
    EXPECT_EQ(candidates(), "first second third ");

    fail_times(first, 1);

    EXPECT_EQ(candidates(), "second third first ");
}

TEST_F(PainterRosterTest, SuccessBetweenFailuresStartsTheCountAnew) {
    fail_times(first, 4);
    roster.report(first, true);
    fail_times(first, 4);

    EXPECT_EQ(candidates(), "first second third ");
}

TEST_F(PainterRosterTest, IsBackAfterThirtySeconds) {
    fail_times(first, 5);

    clock.advance(30s - 1ms);
    EXPECT_EQ(candidates(), "second third first ");
    clock.advance(1ms);
    EXPECT_EQ(candidates(), "first second third ");
}

TEST_F(PainterRosterTest, OneMoreFailureAfterTheRestIsAnotherRest) {
    fail_times(first, 5);
    clock.advance(30s);

    roster.report(first, false);

    EXPECT_EQ(candidates(), "second third first ");
    clock.advance(30s);
    EXPECT_EQ(candidates(), "first second third ");
}

TEST_F(PainterRosterTest, FiveFreshFailuresAreNeededAfterItWorkedAgain) {
    fail_times(first, 5);
    clock.advance(30s);
    roster.report(first, true);

    fail_times(first, 4);

    EXPECT_EQ(candidates(), "first second third ");
}

TEST_F(PainterRosterTest, FailuresOfOneDoNotRestAnother) {
    fail_times(first, 3);
    fail_times(second, 3);

    EXPECT_EQ(candidates(), "first second third ");
}

TEST_F(PainterRosterTest, PaintersThatAllRestAreStillTriedInOrder) {
    for (const auto* painter : {&third, &first, &second}) fail_times(*painter, 5);

    EXPECT_EQ(candidates(), "first second third ");
}

TEST_F(PainterRosterTest, OnlyThoseWhoCanAreAsked) {
    second.can.aspect_ratios = {AspectRatio::Landscape16x9};
    third.can.styles = {"none", "anime"};
    third.can.negative_prompt = true;

    EXPECT_EQ(candidates(), "first third ");
    EXPECT_EQ(candidates({.prompt = "x", .aspect_ratio = AspectRatio::Landscape16x9}), "second ");
    EXPECT_EQ(candidates({.prompt = "x", .style = "anime"}), "third ");
    EXPECT_EQ(candidates({.prompt = "x", .style = "cubism"}), "");
    EXPECT_EQ(candidates({.prompt = "x", .negative_prompt = "rain"}), "third ");
}

TEST_F(PainterRosterTest, NamedPainterIsTheOnlyOneEvenWhenItRests) {
    fail_times(second, 5);

    EXPECT_EQ(candidates({.prompt = "x"}, "second"), "second ");
    EXPECT_EQ(candidates({.prompt = "x"}, "SECOND"), "");
    EXPECT_EQ(candidates({.prompt = "x"}, "nobody"), "");
    EXPECT_EQ(candidates({.prompt = "x", .style = "cubism"}, "second"), "");
}

TEST_F(PainterRosterTest, ReportAboutAStrangerChangesNothing) {
    const FakePainter stranger("first");

    fail_times(stranger, 10);

    EXPECT_EQ(candidates(), "first second third ");
}

}  // namespace imagify::testing
