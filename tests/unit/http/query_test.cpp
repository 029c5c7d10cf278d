#include "transport/http/query.hpp"

#include <gtest/gtest.h>

#include <string>

namespace imagify::http {
namespace {

using namespace std::string_view_literals;

std::string repeat_parameter(int count) {
    std::string raw;
    for (int i = 0; i < count; ++i) raw += "p" + std::to_string(i) + "=x&";
    return raw;
}

std::string page_problem(std::string_view raw) {
    const auto page = Query::parse(raw)->page();
    if (page) return "";
    EXPECT_EQ(page.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(page.error().code, "validation.failed");
    return page.error().fields.at(0).field + " " + page.error().fields.at(0).code;
}

}  // namespace

TEST(QueryTest, SplitsAtAmpersandsAndTheFirstEqualsSign) {
    const auto query = Query::parse("a=1&b=&c&&d=x=y&%65=f%26g&=nameless");

    ASSERT_TRUE(query);
    EXPECT_EQ(query->get("a"), "1");
    EXPECT_EQ(query->get("b"), "");
    EXPECT_EQ(query->get("c"), "");
    EXPECT_EQ(query->get("d"), "x=y");
    EXPECT_EQ(query->get("e"), "f&g");
    EXPECT_EQ(query->get(""), "nameless");
    EXPECT_EQ(query->get("A"), std::nullopt);
    EXPECT_FALSE(Query::parse("")->get(""));
}

TEST(QueryTest, RepeatedNameIsMalformedHoweverItIsSpelt) {
    for (const auto raw : {"a=1&a=1"sv, "a=1&%61=2"sv, "a&a"sv, "=1&=2"sv}) {
        const auto query = Query::parse(raw);
        ASSERT_FALSE(query) << raw;
        EXPECT_EQ(query.error().kind, ErrorKind::Malformed);
        EXPECT_EQ(query.error().code, "request.malformed");
    }
}

TEST(QueryTest, BadEscapeInNameOrValueIsMalformed) {
    EXPECT_FALSE(Query::parse("a=%"));
    EXPECT_FALSE(Query::parse("%=a"));
    EXPECT_FALSE(Query::parse("ok=1&a=%zz"));
    EXPECT_FALSE(Query::parse("limit=1%00"));
}

TEST(QueryTest, Takes100ParametersAndNoMore) {
    EXPECT_TRUE(Query::parse(repeat_parameter(100)));
    EXPECT_FALSE(Query::parse(repeat_parameter(101)));
}

TEST(QueryTest, PageHasDefaultsAndLimits) {
    EXPECT_EQ(Query::parse("")->page()->limit, kPageDefault);
    EXPECT_EQ(Query::parse("")->page()->cursor, "");
    EXPECT_EQ(Query::parse("limit=1")->page()->limit, 1U);
    EXPECT_EQ(Query::parse("limit=100")->page()->limit, 100U);
    EXPECT_EQ(page_problem("limit=0"), "limit out_of_range");
    EXPECT_EQ(page_problem("limit=101"), "limit out_of_range");
    for (const auto raw :
         {"limit=", "limit=-1", "limit=+1", "limit=%2B1", "limit=1.0", "limit=1e1", "limit=0x10",
          "limit=%201", "limit=1%20", "limit=abc", "limit=99999999999999999999"}) {
        EXPECT_EQ(page_problem(raw), "limit invalid") << raw;
    }
}

TEST(QueryTest, CursorHas64BytesAndNoMore) {
    const std::string cursor(64, 'C');

    EXPECT_EQ(Query::parse("cursor=" + cursor)->page()->cursor, cursor);
    EXPECT_EQ(page_problem("cursor=" + cursor + "C"), "cursor invalid");
}

}  // namespace imagify::http
