#include "adapters/vnpay/gateway_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <ctime>

namespace imagify::vnpay {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(GatewayTime, IsSevenHoursAhead) {
    const TimePoint morning = sys_days{2026y / 1 / 15} + 3h + 4min + 5s;

    EXPECT_EQ(format_gateway_time(morning), "20260115100405");
    EXPECT_EQ(format_gateway_time(morning + 999ms), "20260115100405");
    EXPECT_EQ(parse_gateway_time("20260115100405"), morning);
}

TEST(GatewayTime, CrossesDaysMonthsYearsAndLeapDays) {
    EXPECT_EQ(format_gateway_time(sys_days{2026y / 1 / 15} + 16h + 59min + 59s), "20260115235959");
    EXPECT_EQ(format_gateway_time(sys_days{2026y / 1 / 15} + 17h), "20260116000000");
    EXPECT_EQ(format_gateway_time(sys_days{2025y / 12 / 31} + 17h), "20260101000000");
    EXPECT_EQ(format_gateway_time(sys_days{2028y / 2 / 28} + 17h), "20280229000000");
    EXPECT_EQ(format_gateway_time(sys_days{2026y / 2 / 28} + 17h), "20260301000000");
}

TEST(GatewayTime, DoesNotDependOnTheZoneOfTheMachine) {
    const char* const zone = std::getenv("TZ");
    const std::string before = zone ? zone : "";
    for (const char* const other : {"UTC", "Asia/Ho_Chi_Minh", "America/New_York"}) {
        setenv("TZ", other, 1);
        tzset();
        EXPECT_EQ(format_gateway_time(sys_days{2026y / 7 / 1}), "20260701070000") << other;
        EXPECT_EQ(parse_gateway_time("20260701070000"), TimePoint{sys_days{2026y / 7 / 1}});
    }
    zone ? setenv("TZ", before.c_str(), 1) : unsetenv("TZ");
    tzset();
}

TEST(GatewayTime, RefusesWhatIsNoMoment) {
    for (const std::string_view text :
         {"", "2026011510040", "202601151004055", "20260230100405", "20261315100405",
          "20260115240000", "20260115106000", "20260115100460", "2026011510040a", "20260100100405",
          "-2026115100405", "20270229000000"}) {
        EXPECT_FALSE(parse_gateway_time(text).has_value()) << text;
    }
}

RC_GTEST_PROP(GatewayTime, ParsingUndoesFormatting, ()) {
    const auto seconds = *rc::gen::inRange<std::int64_t>(0, 4'102'444'800);
    const TimePoint time{std::chrono::seconds{seconds}};
    RC_ASSERT(parse_gateway_time(format_gateway_time(time)) == time);
}

}  // namespace
}  // namespace imagify::vnpay
