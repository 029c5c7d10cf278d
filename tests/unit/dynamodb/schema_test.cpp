#include "adapters/dynamodb/schema.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include "adapters/dynamodb/keys.hpp"
#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using dynamodb::sort_text;
using dynamodb::time_of;

TEST(DynamoSchema, HasTheTablesAndIndexesOfTheBrief) {
    const auto text = boost::json::serialize(to_json(dynamodb::schema_of({})));
    for (const auto* const part :
         {R"("TableName":"imagify-users","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"Attri)"
          R"(buteName":"userId","KeyType":"HASH"}])",
          R"("TableName":"imagify-transactions")", R"("TableName":"imagify-images")",
          R"({"AttributeName":"email","KeyType":"HASH"})",
          R"([{"AttributeName":"userId","KeyType":"HASH"},)"
          R"({"AttributeName":"createdAt","KeyType":"RANGE"}])",
          R"({"AttributeName":"dueAt","AttributeType":"N"})", R"("TimeToLiveAttribute":"ttl")"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

TEST_F(DynamoTest, TablesThatExistAreLeftAlone) {
    make_account();

    EXPECT_TRUE(run_task(rig.create_tables()));

    EXPECT_TRUE(run_task(store().find_login(*Email::parse("an@example.vn"))));
}

TEST(DynamoKeys, SortTextIsTheOrderOfTimeThenOfIds) {
    const auto time = from_unix_ms(1'768'446'245'007);
    EXPECT_EQ(sort_text(time, "x"), "2026-01-15T03:04:05.007Z/x");
    EXPECT_EQ(time_of(sort_text(time, "x")), time);
    EXPECT_LT(sort_text(time, "z"), sort_text(time + std::chrono::milliseconds(1), "a"));
    EXPECT_LT(sort_text(time, "a"), sort_text(time, "b"));
    for (const auto* const text : {"", "2026", "2026-13-15T03:04:05.007Z/x", "x"}) {
        EXPECT_EQ(time_of(text), TimePoint{}) << text;
    }
    EXPECT_LT(dynamodb::sort_number(99), dynamodb::sort_number(100));
}

}  // namespace
}  // namespace imagify::testing
