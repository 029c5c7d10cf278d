#include "transport/http/json_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace imagify::http {
namespace {

Request json_request(std::string body, const std::string& type = "application/json") {
    Request request;
    request.body = std::move(body);
    if (!type.empty()) request.headers.add("Content-Type", type);
    return request;
}

std::string problem_of(const std::string& body, const std::string& type = "application/json") {
    const auto reader = JsonReader::open(json_request(body, type));
    return reader ? "" : reader.error().code;
}

std::string nested(int depth) {
    return R"({"a":)" + std::string(static_cast<std::size_t>(depth - 1), '[') +
           std::string(static_cast<std::size_t>(depth - 1), ']') + "}";
}

}  // namespace

TEST(JsonReaderTest, TakesOnlyJsonByItsContentType) {
    for (const auto* type : {"application/json", "Application/JSON",
                             "application/json; charset=utf-8", "application/json ;charset=x"}) {
        EXPECT_EQ(problem_of("{}", type), "") << type;
    }
    for (const auto* type :
         {"", "text/plain", "application/jsonp", "application/json+x",
          "application/x-www-form-urlencoded", "multipart/form-data", ";",
          "application/problem+json", "application", "text/json", "text/plain; application/json"}) {
        EXPECT_EQ(problem_of("{}", type), "request.unsupported_media_type") << type;
    }
}

TEST(JsonReaderTest, RefusesWhatIsNoJsonObject) {
    for (const auto* body : {"",
                             " ",
                             "{",
                             "}",
                             "[]",
                             "null",
                             "\"text\"",
                             "1",
                             "{}{}",
                             "{} x",
                             "{\"a\":1,}",
                             "{'a':1}",
                             "{a:1}",
                             "{\"a\":01}",
                             "{\"a\":NaN}",
                             "{\"a\":Infinity}",
                             "{\"a\":+1}",
                             "{\"a\":.5}",
                             "{\"a\":\"\n\"}",
                             "{\"a\":\"\\x41\"}",
                             "{\"a\":\"\\ud800\"}",
                             "{\"a\":1}/**/",
                             "\xef\xbb\xbf{}",
                             "{\"a\":\"\xff\"}",
                             "{\"a\":\"\xc0\xaf\"}",
                             "{\"a\":\"\xed\xa0\x80\"}",
                             "{\"a\":tru}"}) {
        EXPECT_EQ(problem_of(body), "request.malformed") << body;
    }
}

TEST(JsonReaderTest, Nests32DeepAndNoDeeper) {
    EXPECT_EQ(problem_of(nested(32)), "");
    EXPECT_EQ(problem_of(nested(33)), "request.malformed");
    EXPECT_EQ(problem_of(std::string(100'000, '[')), "request.malformed");
    EXPECT_EQ(problem_of(std::string("{\"a\":") + std::string(100'000, '{')), "request.malformed");
}

TEST(JsonReaderTest, RepeatedKeyIsRefusedHoweverItIsSpelt) {
    for (const auto* body : {R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"({"a":1,"b":2,"a":1})",
                             R"({"":1,"":1})", R"({"a":{"x":1},"a":{"x":1}})"}) {
        EXPECT_EQ(problem_of(body), "request.malformed") << body;
    }
}

TEST(JsonReaderTest, ColonsInsideTextsAndInnerObjectsAreNoKeys) {
    for (const auto* body : {R"({"a":"x:y:z","b":":"})", R"({"a":"\":\"","b":"\\"})",
                             R"({"a:b":1,"c":{"d":1,"e":{"f":2}}})", R"({"a":[{"b":1},{"b":2}]})",
                             R"({ "a" : "{:" , "b" : "}" })"}) {
        EXPECT_EQ(problem_of(body), "") << body;
    }
}

TEST(JsonReaderTest, ReadsTextsAndNumbers) {
    auto reader = JsonReader::open(
        json_request(R"({"name":"chợ \u0041","low":-5,"high":9223372036854775807,"no":null})"));

    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->text("name"), "chợ A");
    EXPECT_EQ(reader->optional_integer("low", -5, 5), -5);
    EXPECT_EQ(reader->optional_integer("high", 0, INT64_MAX), INT64_MAX);
    EXPECT_EQ(reader->optional_text("no"), std::nullopt);
    EXPECT_EQ(reader->optional_text("absent"), std::nullopt);
    EXPECT_EQ(reader->optional_integer("no", 0, 1), std::nullopt);
    EXPECT_EQ(reader->optional_integer("absent", 0, 1), std::nullopt);
    EXPECT_TRUE(reader->finish());
}

TEST(JsonReaderTest, CollectsOneCodeForEveryWrongField) {
    auto reader = JsonReader::open(
        json_request(R"({"null":null,"number":1,"text":"1","list":["x"],"big":11,"small":-1})"));
    ASSERT_TRUE(reader);

    reader->text("absent");
    reader->text("null");
    reader->text("number");
    reader->optional_text("list");
    reader->optional_integer("text", 0, 10);
    reader->optional_integer("big", 0, 10);
    reader->optional_integer("small", 0, 10);
    reader->reject("taste", "bad");

    const auto result = reader->finish();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(result.error().code, "validation.failed");
    std::string all;
    for (const auto& [field, code] : result.error().fields) all += field + '=' + code + ' ';
    EXPECT_EQ(all,
              "absent=required null=required number=invalid list=invalid text=invalid "
              "big=out_of_range small=out_of_range taste=bad ");
}

TEST(JsonReaderTest, IntegersKeepTheirLimits) {
    for (const auto* number : {"0", "10", "-0"}) {
        auto reader = JsonReader::open(json_request(R"({"n":)" + std::string(number) + "}"));
        EXPECT_TRUE(reader->optional_integer("n", 0, 10)) << number;
    }
    for (const auto* number : {"11", "-1", "1.0", "1e1", "true", "\"1\"", "[1]", "{}",
                               "9223372036854775808", "18446744073709551616", "1e400"}) {
        auto reader = JsonReader::open(json_request(R"({"n":)" + std::string(number) + "}"));
        if (!reader) continue;  // Boost.JSON refuses what no number type holds.
        EXPECT_FALSE(reader->optional_integer("n", 0, 10)) << number;
        EXPECT_FALSE(reader->finish()) << number;
    }
}

}  // namespace imagify::http
