#include <gtest/gtest.h>

#include "base/log.hpp"
#include "crash/failpoints.hpp"
#include "crash/parallel_generations.hpp"
#include "crash/ward.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

// A taste of what ./test crash does at length.
TEST(KillTest, EverythingAcknowledgedSurvivesKills) {
    set_log_level(LogLevel::Error);
    const TempFolder folder;

    const auto report = kill_servers({.kills = 10,
                                      .servers = 2,
                                      .kills_per_folder = 5,
                                      .folder = folder.path(),
                                      .failpoints = failpoints_in(IMAGIFY_SOURCES),
                                      .environment = {}});

    EXPECT_EQ(report.kills, 10);
    EXPECT_GT(report.acknowledged, 0U);
    EXPECT_EQ(report.wrong(), 0U);
    EXPECT_THAT(report.damage, ::testing::IsEmpty());
}

TEST(KillTest, ParallelRequestsGiveAsManyPicturesAsCredits) {
    set_log_level(LogLevel::Error);

    const auto report = paint_in_parallel({.rounds = 12, .requests = 30});

    EXPECT_EQ(report.pictures, report.credits_given);
    EXPECT_EQ(report.pictures, 2 * (0 + 1 + 2 + 3 + 4 + 5));
    EXPECT_THAT(report.failures, ::testing::IsEmpty());
}

TEST(KillTest, FailpointsAreReadFromTheSources) {
    const auto points = failpoints_in(IMAGIFY_SOURCES);

    EXPECT_THAT(points,
                ::testing::IsSupersetOf({"sqlite.before_commit", "sqlite.after_commit",
                                         "generate.after_hold", "blob.synced", "blob.renamed",
                                         "paint.before_publish", "paint.before_capture"}));
    EXPECT_THAT(points, ::testing::Not(::testing::Contains("dynamodb.before_transaction")));
}

}  // namespace
}  // namespace imagify::testing
