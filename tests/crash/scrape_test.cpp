#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "app/metric_catalogue.hpp"
#include "crash/server_process.hpp"

namespace imagify::testing {
namespace {

// Every "# TYPE name kind" of the text.
std::set<std::string> names_in(const std::string& text) {
    std::set<std::string> names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string hash;
        std::string keyword;
        std::string name;
        words >> hash >> keyword >> name;
        if (hash == "#" && keyword == "TYPE") names.insert(name);
    }
    return names;
}

std::set<std::string> names_of_catalogue() {
    std::set<std::string> names;
    for (const auto& entry : kMetricCatalogue) {
        if (entry.place != MetricPlace::CloudWatch) names.emplace(entry.name);
    }
    return names;
}

}  // namespace

// Dashboards and alerts are held against the catalogue, and so is the program.
TEST(ScrapeTest, ServerTellsTheWholeCatalogue) {
    ServerProcess server;
    server.start();
    ASSERT_TRUE(server.ask("GET", "/plans"));
    const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    std::string text;
    // The business figures are counted beside the first requests.
    while (!text.contains("imagify_accounts") && std::chrono::steady_clock::now() < limit) {
        const auto reply = server.ask("GET", "/metrics");
        ASSERT_TRUE(reply);
        ASSERT_EQ(reply->status, 200U) << reply->body;
        text = reply->body;
    }

    EXPECT_EQ(names_in(text), names_of_catalogue());
    EXPECT_TRUE(text.contains(R"(imagify_http_requests_total{route="/plans",status="200"})"));
}

}  // namespace imagify::testing
