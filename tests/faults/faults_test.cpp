#include <gtest/gtest.h>

#include "faults/trial.hpp"

namespace imagify::testing {
namespace {

/// Every flow, under faults that need no tricks with the program's memory or files.
class FaultsTest : public ::testing::TestWithParam<std::size_t> {
protected:
    const Flow& flow() const { return money_flows()[GetParam()]; }

    void sweep(FaultKind kind, std::int64_t stride) {
        Trial trial(flow(), sqlite::StoreMode::Server, Product::Real);
        Fault fault{.kind = kind, .nth = 1};
        for (;; fault.nth += stride) {
            const auto result = trial.run(fault);
            EXPECT_EQ(result.violation, "") << flow().name << ", N=" << fault.nth;
            if (!result.failed_a_call) break;
        }
    }
};

}  // namespace

TEST_P(FaultsTest, FailedCallOfTheDiskLeavesTheBooksRight) { sweep(FaultKind::DiskError, 5); }

TEST_P(FaultsTest, FullDiskLeavesTheBooksRight) { sweep(FaultKind::DiskFull, 2); }

TEST_P(FaultsTest, UpstreamThatIsNotThereLeavesTheBooksRight) { sweep(FaultKind::Unreachable, 1); }

TEST_P(FaultsTest, UpstreamThatIsCutOffLeavesTheBooksRight) { sweep(FaultKind::BrokenAnswer, 1); }

INSTANTIATE_TEST_SUITE_P(Flows, FaultsTest, ::testing::Range(std::size_t{0}, money_flows().size()),
                         [](const auto& info) {
                             std::string name;
                             for (const char c : money_flows()[info.param].name) {
                                 if (std::isalpha(static_cast<unsigned char>(c)) != 0) name += c;
                             }
                             return name;
                         });

TEST(SwallowedErrorTest, IsCaught) {
    Trial trial(money_flows().front(), sqlite::StoreMode::Server, Product::SwallowsErrors);

    const auto result = trial.run({.kind = FaultKind::DiskError, .nth = 1, .sticky = true});

    EXPECT_NE(result.violation, "");
}

}  // namespace imagify::testing
