#include "app/lambda_metrics.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "base/log.hpp"
#include "support/fake_clock.hpp"

namespace imagify {
namespace {

class LambdaMetricsTest : public ::testing::Test {
protected:
    /// The lines that `tell` writes.
    template <class Tell>
    static std::vector<boost::json::object> told(Tell tell) {
        ::testing::internal::CaptureStdout();
        tell();
        std::istringstream text(::testing::internal::GetCapturedStdout());
        std::vector<boost::json::object> lines;
        for (std::string line; std::getline(text, line);) {
            lines.push_back(boost::json::parse(line).as_object());
        }
        return lines;
    }

    testing::FakeClock clock;
    LambdaMetrics metrics{"imagify-auth", clock};
};

}  // namespace

TEST_F(LambdaMetricsTest, OnlyWhatGrewIsTold) {
    // Whatever other tests of this process logged.
    told([&] { metrics.tell_growth({}); });
    const auto tell = [&](double busy, double mails) {
        return told([&] {
            metrics.tell_growth(
                {{"imagify_store_busy_total", busy}, {"imagify_mails_sent_total", mails}});
        });
    };

    EXPECT_TRUE(tell(0, 0).empty());
    const auto first = tell(2, 0);
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].at("imagify_store_busy_total"), 2);
    EXPECT_FALSE(first[0].contains("imagify_mails_sent_total"));
    EXPECT_TRUE(tell(2, 0).empty());
    EXPECT_EQ(tell(5, 1).at(0).at("imagify_store_busy_total"), 3);
    // Made anew: it counts from 0 again.
    EXPECT_EQ(tell(1, 1).at(0).at("imagify_store_busy_total"), 1);
}

TEST_F(LambdaMetricsTest, EventsAreToldOncePerLogLine) {
    told([&] { metrics.tell_growth({}); });
    set_log_level(LogLevel::None);
    log_event(LogLevel::Error, "order.orphaned");
    log_event(LogLevel::Error, "order.orphaned");
    log_event(LogLevel::Info, "nobody.counts_this");
    set_log_level(LogLevel::Info);

    const auto lines = told([&] { metrics.tell_growth({}); });

    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].at("imagify_events_total"), 2);
    EXPECT_EQ(lines[0].at("event"), "order.orphaned");
    EXPECT_TRUE(told([&] { metrics.tell_growth({}); }).empty());
}

TEST_F(LambdaMetricsTest, ColdStartIsAMetric) {
    const auto lines = told([&] { metrics.tell_cold_start(std::chrono::milliseconds(250)); });

    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].at("imagify_cold_starts_total"), 1);
    EXPECT_EQ(lines[0].at("imagify_cold_start_seconds"), 0.25);
    EXPECT_EQ(lines[0].at("function"), "imagify-auth");
}

TEST_F(LambdaMetricsTest, FiveHundredsAreErrors) {
    const auto errors = [&](unsigned status) {
        lambda::AnsweredRequest answer{};
        answer.status = status;
        const auto lines = told([&] { metrics.count(answer); });
        EXPECT_EQ(lines.at(0).at("route"), "other");
        return lines.at(0).at("imagify_http_errors_total");
    };

    EXPECT_EQ(errors(499), 0);
    EXPECT_EQ(errors(500), 1);
}

}  // namespace imagify
