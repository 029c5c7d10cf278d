#include <gtest/gtest.h>

#include "powerloss/campaign.hpp"

namespace imagify::testing {
namespace {

CampaignResult cut_power(Durability durability, std::int64_t images) {
    std::atomic<std::int64_t> done = 0;
    return run_campaign({.durability = durability,
                         .images = images,
                         .seed = 100,
                         .per_recording = 100,
                         .batches = 12},
                        done);
}

}  // namespace

TEST(PowerLossTest, NoAnsweredWriteIsLostAndNothingIsMinted) {
    const auto result = cut_power(Durability::Full, 400);

    EXPECT_EQ(result.findings.images, 400);
    EXPECT_EQ(result.findings.bad(), 0) << ::testing::PrintToString(result.examples);
    EXPECT_GT(result.coverage.at("group commits"), 0);
}

TEST(PowerLossTest, WeakerSyncLosesAnsweredWrites) {
    EXPECT_GT(cut_power(Durability::Normal, 200).findings.lost, 0);
    EXPECT_GT(cut_power(Durability::Off, 200).findings.bad(), 0);
}

TEST(PowerLossTest, AnswerBeforeTheCommitIsCaught) {
    EXPECT_GT(cut_power(Durability::AnswerBeforeCommit, 200).findings.lost, 0);
}

/// A recording, and the disk as it was at its end.
class ImageInspectorTest : public ::testing::Test {
protected:
    ImageInspectorTest() {
        DiskReplay replay;
        for (const auto& event : recording.events) replay.apply(event);
        Dice dice(1);
        image = replay.image(dice);
    }

    Recording recording = record_books(3, 10, Durability::Full);
    ImageInspector inspector{recording, "/memory/inspected"};
    DiskFiles image;
    Findings findings;
};

TEST_F(ImageInspectorTest, WholeDiskIsFine) {
    EXPECT_EQ(inspector.inspect(image, recording.events.size(), findings), "");

    EXPECT_EQ(findings.bad(), 0);
}

TEST_F(ImageInspectorTest, OlderBooksAreLost) {
    DiskReplay replay;
    for (std::size_t i = 0; i < recording.answers[4].acknowledged; ++i) {
        replay.apply(recording.events[i]);
    }
    Dice dice(1);

    inspector.inspect(replay.image(dice), recording.events.size(), findings);

    EXPECT_EQ(findings.lost, 1);
}

TEST_F(ImageInspectorTest, BooksThatNeverWereAreMinted) {
    for (auto& answer : recording.answers) answer.books ^= 1U;

    inspector.inspect(image, recording.events.size(), findings);

    EXPECT_EQ(findings.minted, 1);
}

TEST_F(ImageInspectorTest, DamagedPageIsCorrupt) {
    auto& database = image.at("imagify.db");
    ASSERT_GT(database.size(), 20'000U);
    std::fill(database.begin() + 4'096, database.begin() + 3 * 4'096, std::byte{0x5a});

    inspector.inspect(image, recording.events.size(), findings);

    EXPECT_EQ(findings.corrupt, 1);
}

TEST(PowerLossTest, SameSeedRecordsTheSameBooks) {
    const auto one = record_books(7, 8, Durability::Full);
    const auto other = record_books(7, 8, Durability::Full);

    ASSERT_EQ(one.events.size(), other.events.size());
    ASSERT_EQ(one.answers.size(), other.answers.size());
    for (std::size_t i = 0; i < one.answers.size(); ++i) {
        EXPECT_EQ(one.answers[i].books, other.answers[i].books) << i;
        EXPECT_EQ(one.answers[i].acknowledged, other.answers[i].acknowledged) << i;
    }
}

}  // namespace imagify::testing
