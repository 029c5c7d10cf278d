#include "app/metrics.hpp"

#include <gtest/gtest.h>

#include "base/log.hpp"

namespace imagify {
namespace {

using std::chrono::milliseconds;

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).contains("\n" + line + "\n");
}

}  // namespace

TEST(MetricsTest, RequestsAreCountedByRouteAndStatus) {
    Metrics metrics;
    metrics.count_request("/plans", 200, milliseconds(2));
    metrics.count_request("/plans", 200, milliseconds(40));
    metrics.count_request("/plans", 503, milliseconds(600));
    metrics.count_request("", 404, milliseconds(0));
    const auto text = metrics.text({});

    EXPECT_TRUE(has_line(text, R"(imagify_http_requests_total{route="/plans",status="200"} 2)"));
    EXPECT_TRUE(has_line(text, R"(imagify_http_requests_total{route="/plans",status="503"} 1)"));
    EXPECT_TRUE(has_line(text, R"(imagify_http_requests_total{route="other",status="404"} 1)"));
}

TEST(MetricsTest, BucketsOfARouteAddUp) {
    Metrics metrics;
    metrics.count_request("/plans", 200, milliseconds(2));
    metrics.count_request("/plans", 200, milliseconds(500));
    metrics.count_request("/plans", 200, milliseconds(60'000));
    metrics.count_request("/image", 200, milliseconds(1));
    const auto text = metrics.text({});
    const std::string bucket = R"(imagify_http_request_seconds_bucket{route="/plans",le=)";

    EXPECT_TRUE(has_line(text, bucket + R"("0.001"} 0)")) << text;
    EXPECT_TRUE(has_line(text, bucket + R"("0.005"} 1)"));
    EXPECT_TRUE(has_line(text, bucket + R"("0.5"} 2)"));
    EXPECT_TRUE(has_line(text, bucket + R"("30"} 2)"));
    EXPECT_TRUE(has_line(text, bucket + R"("+Inf"} 3)"));
    EXPECT_TRUE(has_line(text, R"(imagify_http_request_seconds_count{route="/plans"} 3)"));
    EXPECT_TRUE(has_line(text, R"(imagify_http_request_seconds_sum{route="/plans"} 60.502)"));
}

TEST(MetricsTest, EventsAreThereBeforeTheyHappen) {
    const Metrics metrics;
    const std::string line = R"(imagify_events_total{event="order.orphaned"} )";
    const auto before = times_logged("order.orphaned");
    EXPECT_TRUE(has_line(metrics.text({}), line + std::to_string(before)));

    set_log_level(LogLevel::None);
    log_event(LogLevel::Error, "order.orphaned");
    set_log_level(LogLevel::Info);

    EXPECT_TRUE(has_line(metrics.text({}), line + std::to_string(before + 1)));
}

TEST(MetricsTest, ValuesSayWhatTheyAre) {
    const MetricValue values[] = {{"imagify_revenue_vnd", 500'000}};
    const auto text = Metrics().text(values);

    EXPECT_TRUE(has_line(text, "# HELP imagify_revenue_vnd Paid less refunded, in dong."));
    EXPECT_TRUE(has_line(text, "# TYPE imagify_revenue_vnd gauge"));
    EXPECT_TRUE(has_line(text, "imagify_revenue_vnd 500000"));
}

}  // namespace imagify
