#include <gtest/gtest.h>

#include "support/fake_dynamo/expressions.hpp"
#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {
namespace {

namespace json = boost::json;

struct Row {
    const char* expression;
    bool holds;
};

const json::object kRequest = json::parse(R"({
    "ExpressionAttributeNames": {"#credits": "credits", "#no": "absent"},
    "ExpressionAttributeValues": {":three": {"N": "3"}, ":five": {"N": "5"}, ":a": {"S": "a"}}
})")
                                  .as_object();

const Item kItem = json::parse(R"({
    "id": {"S": "abc"}, "credits": {"N": "5"}, "tags": {"SS": ["a", "b"]},
    "deep": {"M": {"low": {"L": [{"N": "1"}]}}}
})")
                       .as_object();

class Conditions : public ::testing::TestWithParam<Row> {};

TEST_P(Conditions, HoldAsDynamoDbSays) {
    Placeholders placeholders(kRequest);

    EXPECT_EQ(parse_condition(GetParam().expression, placeholders)(kItem), GetParam().holds)
        << GetParam().expression;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Conditions,
    ::testing::Values(
        Row{"#credits >= :three", true}, Row{"#credits < :five", false},
        Row{"#credits = :five AND id <> :a", true}, Row{"#no = :three OR #credits = :five", true},
        Row{"#no = :three", false}, Row{"#no <> :three", true}, Row{"#no < :three", false},
        Row{"NOT #no < :three", true}, Row{"NOT (#credits = :five OR #no = :a)", false},
        // AND binds before OR, NOT before AND.
        Row{"#credits = :five OR #no = :a AND #no = :a", true},
        Row{"NOT #no = :a AND #credits = :five", true},
        Row{"#credits BETWEEN :three AND :five AND id <> :a", true},
        Row{"#credits IN (:three, :a)", false}, Row{"#credits in (:three, :five)", true},
        Row{"attribute_exists(#credits)", true}, Row{"attribute_not_exists(#no)", true},
        Row{"attribute_exists(deep.low[0])", true}, Row{"attribute_exists(deep.low[1])", false},
        Row{"begins_with(id, :a)", true}, Row{"contains(tags, :a)", true},
        Row{"contains(id, :a)", true}, Row{"contains(#credits, :a)", false},
        Row{"size(id) = :three", true}, Row{"size(#credits) = :three", false},
        // Another type is another value, and never less or more.
        Row{"#credits = :a", false}, Row{"#credits <> :a", true}, Row{"#credits > :a", false}));

class WrongExpressions : public ::testing::TestWithParam<const char*> {};

TEST_P(WrongExpressions, AreRefused) {
    Placeholders placeholders(kRequest);

    EXPECT_THROW(parse_condition(GetParam(), placeholders), Refused) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Table, WrongExpressions,
                         ::testing::Values("", "#credits", "#credits =", "#credits = :five AND",
                                           "(#credits = :five", "#credits == :five",
                                           "#unknown = :five", "#credits = :unknown",
                                           "status = :five", "exists(#credits)",
                                           "#credits BETWEEN :three OR :five", "size(id)",
                                           "#credits = :five id"));

Item updated(const char* expression) {
    Placeholders placeholders(kRequest);
    return apply(parse_update(expression, placeholders), kItem, {"id"});
}

TEST(Updates, ComputeFromWhatWasBefore) {
    const auto after =
        updated("SET #credits = #credits - :three, z = #credits + :five REMOVE deep");

    EXPECT_EQ(number_of(after.at("credits")), 2);
    EXPECT_EQ(number_of(after.at("z")), 10);
    EXPECT_FALSE(after.contains("deep"));
}

TEST(Updates, AddMakesWhatIsAbsent) {
    const auto after = updated("ADD #no :five SET n = if_not_exists(m, :three)");

    EXPECT_EQ(number_of(after.at("absent")), 5);
    EXPECT_EQ(number_of(after.at("n")), 3);
}

TEST(Updates, DeleteTakesTheEmptySetAway) {
    const json::object request{{"ExpressionAttributeValues",
                                json::object{{":all", json::parse(R"({"SS": ["b", "a"]})")}}}};
    Placeholders placeholders(request);

    const auto after = apply(parse_update("DELETE tags :all", placeholders), kItem, {"id"});

    EXPECT_FALSE(after.contains("tags"));
}

TEST(Updates, WhatCannotBeDoneIsRefused) {
    for (const auto* const expression :
         {"SET id = :a", "SET #no = #no + :three", "SET #credits = id + :three",
          "SET #credits = :three REMOVE #credits", "SET m.n = :three", "ADD id :three"}) {
        EXPECT_THROW(updated(expression), Refused) << expression;
    }
}

TEST(PlaceholdersTest, WhatNothingUsesIsRefused) {
    Placeholders placeholders(kRequest);
    parse_condition("#credits = :five", placeholders);

    EXPECT_THROW(placeholders.require_all_used(), Refused);
}

}  // namespace
}  // namespace imagify::testing::dynamo
