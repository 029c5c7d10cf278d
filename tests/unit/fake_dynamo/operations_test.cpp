#include <gtest/gtest.h>

#include "support/fake_dynamo/database.hpp"
#include "support/fake_dynamo/values.hpp"
#include "unit/fake_dynamo/random_requests.hpp"

namespace imagify::testing::dynamo {
namespace {

namespace json = boost::json;

class OperationsTest : public ::testing::Test {
protected:
    OperationsTest() {
        for (const auto& table : RandomRequests(1, "t").tables()) {
            EXPECT_EQ(database.execute(table.operation, json::serialize(table.body)).status, 200U);
        }
    }

    json::object run(std::string_view operation, std::string_view request) {
        const auto answer = database.execute(operation, std::string(request));
        return json::parse(answer.body).as_object();
    }

    std::string fault(std::string_view operation, std::string_view request) {
        const auto answer = run(operation, request);
        const auto type = json::value_to<std::string>(answer.at("__type"));
        return type.substr(type.find('#') + 1);
    }

    std::size_t owned() {
        const auto answer = run("Query", R"({"TableName": "ta", "IndexName": "by-owner",
            "KeyConditionExpression": "#o = :me", "ExpressionAttributeNames": {"#o": "owner"},
            "ExpressionAttributeValues": {":me": {"S": "me"}}})");
        return answer.at("Items").as_array().size();
    }

    std::int64_t now_ms = 1'000'000;
    Database database{[this] { return now_ms; }};
};

constexpr const char* kPay = R"({"ClientRequestToken": "once", "TransactItems": [
    {"Update": {"TableName": "ta", "Key": {"id": {"S": "k"}}, "UpdateExpression": "ADD x :n",
                "ExpressionAttributeValues": {":n": {"N": "5"}}}},
    {"Put": {"TableName": "tb", "Item": {"id": {"S": "k"}, "at": {"N": "1"}}}}]})";

TEST_F(OperationsTest, TransactionOfOneTokenIsMadeOnceForTenMinutes) {
    run("TransactWriteItems", kPay);
    now_ms += 10 * 60 * 1000 - 1;
    run("TransactWriteItems", kPay);
    EXPECT_EQ(number_of(database.items("ta").front()->at("x")), 5);

    now_ms += 1;
    run("TransactWriteItems", kPay);

    EXPECT_EQ(number_of(database.items("ta").front()->at("x")), 10);
}

TEST_F(OperationsTest, AnotherTransactionUnderTheSameTokenIsRefused) {
    run("TransactWriteItems", kPay);

    EXPECT_EQ(fault("TransactWriteItems", R"({"ClientRequestToken": "once", "TransactItems": [
        {"Delete": {"TableName": "ta", "Key": {"id": {"S": "k"}}}}]})"),
              "IdempotentParameterMismatchException");
}

TEST_F(OperationsTest, FailedConditionCancelsAllAndShowsWhatStoodThere) {
    run("PutItem", R"({"TableName": "ta", "Item": {"id": {"S": "k"}, "x": {"N": "1"}}})");

    const auto answer = run("TransactWriteItems", R"({"TransactItems": [
        {"Put": {"TableName": "tb", "Item": {"id": {"S": "k"}, "at": {"N": "1"}}}},
        {"Update": {"TableName": "ta", "Key": {"id": {"S": "k"}}, "UpdateExpression": "ADD x :n",
            "ConditionExpression": "x > :n", "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            "ExpressionAttributeValues": {":n": {"N": "5"}}}}]})");

    const auto& reasons = answer.at("CancellationReasons").as_array();
    EXPECT_EQ(reasons.at(0).at("Code"), "None");
    EXPECT_EQ(reasons.at(1).at("Code"), "ConditionalCheckFailed");
    EXPECT_EQ(number_of(reasons.at(1).at("Item").at("x")), 1);
    EXPECT_TRUE(database.items("tb").empty());
}

TEST_F(OperationsTest, OneItemTwiceInATransactionIsRefused) {
    EXPECT_EQ(fault("TransactWriteItems", R"({"TransactItems": [
        {"Delete": {"TableName": "ta", "Key": {"id": {"S": "k"}}}},
        {"Put": {"TableName": "ta", "Item": {"id": {"S": "k"}}}}]})"),
              "ValidationException");
}

TEST_F(OperationsTest, MoreThanAHundredActionsAreRefused) {
    const auto answer_of = [&](int count) {
        json::array actions;
        for (int i = 0; i < count; ++i) {
            const json::object item{{"id", json::object{{"S", "k" + std::to_string(i)}}}};
            actions.push_back(
                json::object{{"Put", json::object{{"TableName", "ta"}, {"Item", item}}}});
        }
        const json::object request{{"TransactItems", std::move(actions)}};
        return database.execute("TransactWriteItems", json::serialize(request)).status;
    };

    EXPECT_EQ(answer_of(100), 200U);
    EXPECT_EQ(answer_of(101), 400U);
}

TEST_F(OperationsTest, IndexIsBehindItsTableAndSparse) {
    database.set_weather({.index_lag_ms = [] { return std::int64_t{50}; }});
    run("PutItem", R"({"TableName": "ta", "Item": {"id": {"S": "k"}, "owner": {"S": "me"},
                       "at": {"N": "1"}}})");
    run("PutItem", R"({"TableName": "ta", "Item": {"id": {"S": "l"}, "owner": {"S": "me"}}})");
    EXPECT_EQ(owned(), 0U);

    now_ms += 50;

    EXPECT_EQ(owned(), 1U);
}

TEST_F(OperationsTest, IndexShowsTheChangesOfAnItemInTheirOrder) {
    std::int64_t lag = 50;
    database.set_weather({.index_lag_ms = [&lag] { return lag; }});
    run("PutItem", R"({"TableName": "ta", "Item": {"id": {"S": "k"}, "owner": {"S": "me"},
                       "at": {"N": "1"}}})");
    lag = 0;
    run("DeleteItem", R"({"TableName": "ta", "Key": {"id": {"S": "k"}}})");
    EXPECT_EQ(owned(), 0U);

    now_ms += 50;

    EXPECT_EQ(owned(), 0U);
}

TEST_F(OperationsTest, IndexIsNeverReadConsistently) {
    EXPECT_EQ(fault("Query", R"({"TableName": "ta", "IndexName": "by-owner",
        "ConsistentRead": true, "KeyConditionExpression": "#o = :me",
        "ExpressionAttributeNames": {"#o": "owner"},
        "ExpressionAttributeValues": {":me": {"S": "me"}}})"),
              "ValidationException");
}

TEST_F(OperationsTest, PagesGoOnWhereTheyEnded) {
    for (int i = 1; i <= 5; ++i) {
        run("PutItem", R"({"TableName": "tb", "Item": {"id": {"S": "k"}, "at": {"N": ")" +
                           std::to_string(i) + R"("}}})");
    }
    database.set_weather({.page_items = [] { return std::optional<std::size_t>(2); }});
    json::object request = json::parse(R"({"TableName": "tb", "ScanIndexForward": false,
        "KeyConditionExpression": "id = :k", "ExpressionAttributeValues": {":k": {"S": "k"}}})")
                               .as_object();
    std::vector<std::int64_t> seen;
    while (true) {
        const auto page = run("Query", json::serialize(request));
        for (const auto& item : page.at("Items").as_array()) {
            seen.push_back(number_of(item.at("at")));
        }
        if (!page.contains("LastEvaluatedKey")) break;
        request["ExclusiveStartKey"] = page.at("LastEvaluatedKey");
    }

    EXPECT_EQ(seen, (std::vector<std::int64_t>{5, 4, 3, 2, 1}));
}

TEST_F(OperationsTest, ExpiredItemsAreDeletedSomeTime) {
    run("UpdateTimeToLive", R"({"TableName": "ta", "TimeToLiveSpecification":
        {"AttributeName": "ttl", "Enabled": true}})");
    run("PutItem", R"({"TableName": "ta", "Item": {"id": {"S": "k"}, "ttl": {"N": "1000"}}})");
    database.delete_expired();
    EXPECT_EQ(database.items("ta").size(), 1U);

    now_ms += 1000;
    database.delete_expired();

    EXPECT_TRUE(database.items("ta").empty());
}

TEST_F(OperationsTest, KeysThatNoTableTakesAreRefused) {
    for (const auto* const item :
         {R"({"id": {"S": ""}})", R"({"id": {"N": "1"}})", R"({"x": {"S": "k"}})",
          R"({"id": {"S": "k"}, "at": {"S": "1"}, "owner": {"S": "me"}})"}) {
        EXPECT_EQ(fault("PutItem", R"({"TableName": "ta", "Item": )" + std::string(item) + "}"),
                  "ValidationException")
            << item;
    }
    EXPECT_EQ(fault("PutItem", R"({"TableName": "no", "Item": {"id": {"S": "k"}}})"),
              "ResourceNotFoundException");
}

}  // namespace
}  // namespace imagify::testing::dynamo
