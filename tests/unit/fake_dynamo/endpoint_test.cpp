#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/fake_dynamo/endpoint.hpp"
#include "support/run_task.hpp"
#include "unit/fake_dynamo/random_requests.hpp"

namespace imagify::testing::dynamo {
namespace {

namespace json = boost::json;

constexpr const char* kCount = R"({"TableName": "ta", "Key": {"id": {"S": "k"}},
    "UpdateExpression": "ADD x :n", "ExpressionAttributeValues": {":n": {"N": "1"}}})";

class EndpointTest : public ::testing::Test {
protected:
    EndpointTest() {
        for (const auto& table : RandomRequests(1, "t").tables()) {
            database.execute(table.operation, json::serialize(table.body));
        }
    }

    Result<OutboundAnswer> count() {
        return run_task(
            endpoint.send({.method = "POST",
                           .url = "http://dynamodb/",
                           .headers = {{"X-Amz-Target", "DynamoDB_20120810.UpdateItem"}},
                           .body = kCount,
                           .deadline = clock.steady_now() + std::chrono::seconds(1)}));
    }

    std::int64_t counted() const {
        const auto items = database.items("ta");
        return items.empty() ? 0 : number_of(items.front()->at("x"));
    }

    FakeClock clock;
    Database database{[] { return std::int64_t{0}; }};
    Fault fault = Fault::None;
    Endpoint endpoint{{.database = database,
                       .fault = [this](std::string_view) { return fault; },
                       .turn = {},
                       .clock = &clock,
                       .lateness = {}}};
};

TEST_F(EndpointTest, EachFaultDoesWhatItSays) {
    struct Row {
        Fault fault;
        std::int64_t done;
        unsigned status;  // 0: no answer.
    };
    for (const auto row :
         {Row{Fault::None, 1, 200}, Row{Fault::Conflict, 0, 400}, Row{Fault::Throttled, 0, 400},
          Row{Fault::ErrorBefore, 0, 500}, Row{Fault::ErrorAfter, 1, 500},
          Row{Fault::RequestLost, 0, 0}, Row{Fault::AnswerLost, 1, 0}, Row{Fault::AnswerLate, 1, 0},
          Row{Fault::RequestLate, 0, 0}, Row{Fault::RequestTwice, 2, 200}}) {
        const auto before = counted();
        fault = row.fault;

        const auto answer = count();

        EXPECT_EQ(counted() - before, row.done) << to_text(row.fault);
        EXPECT_EQ(answer ? answer->status : 0, row.status) << to_text(row.fault);
    }
}

TEST_F(EndpointTest, LateRequestArrivesWhenNobodyWaitsForItAnyMore) {
    const auto asked = clock.steady_now();
    fault = Fault::RequestLate;
    EXPECT_EQ(count().error().kind, ErrorKind::Timeout);
    EXPECT_EQ(clock.steady_now() - asked, std::chrono::seconds(1));
    EXPECT_EQ(counted(), 0);

    endpoint.deliver_late_requests();

    EXPECT_EQ(counted(), 1);
}

}  // namespace
}  // namespace imagify::testing::dynamo
