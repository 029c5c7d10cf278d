#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "ports/limits.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"

namespace imagify::testing {

/// Limits under test, whatever counts them.
struct LimitsUnderTest {
    virtual ~LimitsUnderTest() = default;
    virtual Limits& limits() = 0;
    /// True while it does what its name says; else nothing is tested.
    virtual bool is_up() { return true; }
    /// True once the test is over, unless it fell back on something else.
    virtual bool was_itself() { return true; }
};

/// A way to make them; the suite runs on each.
struct LimitsKind {
    const char* name;
    std::unique_ptr<LimitsUnderTest> (*make)(const Clock& clock);
};

/// Every adapter.
std::vector<LimitsKind> limits_kinds();

void PrintTo(const LimitsKind& kind, std::ostream* out);

/// One suite for every adapter: what the port promises.
class LimitsContract : public ::testing::TestWithParam<LimitsKind> {
protected:
    void SetUp() override {
        under_test = GetParam().make(clock);
        ASSERT_TRUE(under_test->is_up());
    }
    void TearDown() override { EXPECT_TRUE(under_test->was_itself()); }

    Limits& limits() { return under_test->limits(); }
    LimitUse take(LimitRule rule, const std::string& key = "an") {
        return run_task(limits().take(rule, key));
    }
    LimitUse guess(const std::string& key = "an") { return run_task(limits().guess(key)); }

    FakeClock clock;
    std::unique_ptr<LimitsUnderTest> under_test;
};

}  // namespace imagify::testing
