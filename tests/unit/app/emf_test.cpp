#include "app/emf.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace imagify {
namespace {

using boost::json::array;

boost::json::object line(const EmfSubject& subject, std::vector<MetricValue> values) {
    const auto text = emf_line(from_unix_ms(1'768'446'245'123), subject, values);
    EXPECT_FALSE(text.contains('\n'));
    return boost::json::parse(text).as_object();
}

}  // namespace

TEST(EmfTest, NumbersStandAtTheTopAndAreDefined) {
    const auto written = line({.function = "f", .route = "/plans", .status = 200},
                              {{"imagify_accounts", 2}, {"imagify_cold_start_seconds", 0.25}});

    EXPECT_EQ(written.at("imagify_accounts"), 2);
    EXPECT_EQ(written.at("imagify_cold_start_seconds"), 0.25);
    EXPECT_EQ(written.at("route"), "/plans");
    EXPECT_EQ(written.at("status"), 200);
    EXPECT_EQ(written.at("_aws").at("Timestamp"), 1'768'446'245'123);
    const auto& directive = written.at("_aws").at("CloudWatchMetrics").at(0);
    EXPECT_EQ(directive.at("Namespace"), "Imagify");
    EXPECT_EQ(boost::json::serialize(directive.at("Dimensions")),
              R"([["function"],["function","route"]])");
    EXPECT_EQ(boost::json::serialize(directive.at("Metrics")),
              R"([{"Name":"imagify_accounts","Unit":"Count"},)"
              R"({"Name":"imagify_cold_start_seconds","Unit":"Seconds"}])");
}

TEST(EmfTest, EveryDimensionIsAPropertyOfTheLine) {
    for (const auto* route : {"", "/plans"}) {
        const auto written = line({.function = "f", .route = route}, {{"imagify_accounts", 1}});
        for (const auto& set :
             written.at("_aws").at("CloudWatchMetrics").at(0).at("Dimensions").as_array()) {
            for (const auto& name : set.as_array()) EXPECT_TRUE(written.contains(name.as_string()));
        }
        EXPECT_FALSE(written.contains("status"));
    }
}

TEST(EmfTest, EventsAreAddedUpOverAllFunctions) {
    const auto written =
        line({.function = "f", .event = "payment.credited"}, {{"imagify_events_total", 3}});

    EXPECT_EQ(written.at("event"), "payment.credited");
    EXPECT_EQ(
        boost::json::serialize(written.at("_aws").at("CloudWatchMetrics").at(0).at("Dimensions")),
        R"([["event"]])");
}

}  // namespace imagify
