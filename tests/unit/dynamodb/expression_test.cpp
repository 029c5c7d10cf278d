#include "adapters/dynamodb/expression.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/dynamodb/item.hpp"

namespace imagify::dynamodb {
namespace {

std::string rendered(const Condition& condition) {
    Placeholders placeholders;
    return condition.render(placeholders);
}

TEST(DynamoExpression, NamesAndValuesAreNeverPartOfIt) {
    Placeholders placeholders;
    const auto text = all_of({equals("name", "x') OR (1 = 1"), less_than("size", std::int64_t{3})})
                          .render(placeholders);
    boost::json::object request;
    placeholders.write_to(request);

    EXPECT_EQ(text, "(#n0 = :v0) AND (#n1 < :v1)");
    EXPECT_EQ(boost::json::serialize(request),
              R"({"ExpressionAttributeNames":{"#n0":"name","#n1":"size"},)"
              R"("ExpressionAttributeValues":{":v0":{"S":"x') OR (1 = 1"},":v1":{"N":"3"}}})");
}

TEST(DynamoExpression, OneNameHasOnePlaceholder) {
    EXPECT_EQ(rendered(any_of({absent("a"), at_most("a", std::int64_t{1}), exists("b")})),
              "(attribute_not_exists(#n0)) OR (#n0 <= :v0) OR (attribute_exists(#n1))");
}

// DynamoDB refuses them as redundant.
TEST(DynamoExpression, HasNoParenthesesAroundParentheses) {
    EXPECT_EQ(rendered(all_of({all_of({absent("a")}), Condition{}})), "attribute_not_exists(#n0)");
    EXPECT_EQ(rendered(all_of({any_of({all_of({exists("a")})}), exists("b")})),
              "(attribute_exists(#n0)) AND (attribute_exists(#n1))");
    EXPECT_EQ(rendered(negated(all_of({exists("a")}))), "NOT (attribute_exists(#n0))");
}

TEST(DynamoExpression, EmptyAndAbsentAreTheSame) {
    EXPECT_EQ(rendered(equals("a", "")), "attribute_not_exists(#n0)");
    EXPECT_EQ(rendered(differs("a", TextSet{})), "attribute_exists(#n0)");
    EXPECT_TRUE(all_of({}).empty());

    Placeholders placeholders;
    EXPECT_EQ(Update().set("a", "").render(placeholders), "REMOVE #n0");
}

TEST(DynamoExpression, EachAttributeIsUpdatedOnce) {
    Placeholders placeholders;
    const auto text = Update()
                          .set("a", "1")
                          .add("b", 2)
                          .remove("a")
                          .put_into("c", "x")
                          .take_from("d", "y")
                          .set_if_absent("e", "z")
                          .render(placeholders);

    EXPECT_EQ(text,
              "SET #n0 = if_not_exists(#n0, :v0) REMOVE #n1 ADD #n2 :v1, #n3 :v2 DELETE #n4 :v3");
}

TEST(DynamoItem, RoundTripsEveryType) {
    const Item item{{"text", "chợ"},
                    {"number", std::int64_t{-42}},
                    {"flag", true},
                    {"list", TextList{"b", "a", "b"}},
                    {"set", TextSet{{"a", "b"}}},
                    {"nothing", ""}};

    EXPECT_EQ(parse_item(to_json(item)), item);
    EXPECT_FALSE(item.has("nothing"));
    EXPECT_EQ(item.text("number"), "");
    EXPECT_EQ(item.number("text"), 0);
}

TEST(DynamoItem, BytesThatAreNoTextBecomeText) {
    const auto json = to_json(Item{{"device", "Mozilla \xff\xfe"}});

    EXPECT_EQ(boost::json::serialize(json), R"({"device":{"S":"Mozilla ??"}})");
}

TEST(DynamoItem, StrangeShapesAreNoItem) {
    for (const auto* const text : {R"({"a":{"S":1}})", R"({"a":{"N":"1.5"}})", R"({"a":{"N":"x"}})",
                                   R"({"a":{"M":{}}})", R"({"a":{}})", R"({"a":"b"})", "[]", "1"}) {
        EXPECT_FALSE(parse_item(boost::json::parse(text))) << text;
    }
}

}  // namespace
}  // namespace imagify::dynamodb
