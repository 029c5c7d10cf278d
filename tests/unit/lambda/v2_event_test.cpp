#include <gtest/gtest.h>

#include "unit/lambda/events.hpp"

namespace imagify::lambda {
namespace {

using boost::json::object;

std::string with_path(const char* path, object context) {
    context["http"] = object{{"method", "GET"}, {"sourceIp", "203.0.113.9"}};
    return recorded("http_post.json", {{"rawPath", path}, {"requestContext", std::move(context)}});
}

}  // namespace

TEST(HttpEventTest, BecomesTheRequestThatWasSent) {
    const auto event = http_event(recorded("http_post.json"));

    EXPECT_FALSE(event.refusal);
    EXPECT_EQ(event.payload, Payload::V2);
    EXPECT_EQ(event.request.method, http::Method::Post);
    EXPECT_EQ(event.request.path, "/image/generate-image");
    EXPECT_EQ(event.request.query, "a=1&b=%20x&b=2");
    EXPECT_EQ(event.request.headers.get("Accept"), "application/json, text/plain");
    EXPECT_EQ(event.request.headers.get("Cookie"), "imagify_session=t1; imagify_device=d1");
    EXPECT_EQ(event.request.headers.count("Cookie"), 1U);
    EXPECT_EQ(event.request.body, "{\"prompt\":\"mèo\"}");
    EXPECT_EQ(event.request.client_address, "203.0.113.9");
    EXPECT_EQ(event.request.request_id, "JKJaXmPLvHcESHA=");
    EXPECT_TRUE(event.request.secure);
}

TEST(HttpEventTest, PathIsWithoutTheStage) {
    struct Row {
        const char* path;
        object context;
        const char* expected;
    };
    const auto gateway = "abc.execute-api.eu-west-1.amazonaws.com";
    const Row rows[] = {
        {"/prod/plans", {{"stage", "prod"}, {"domainName", gateway}}, "/plans"},
        {"/prod", {{"stage", "prod"}, {"domainName", gateway}}, "/"},
        {"/product", {{"stage", "prod"}, {"domainName", gateway}}, "/product"},
        {"/plans", {{"stage", "$default"}, {"domainName", gateway}}, "/plans"},
        {"/image", {{"stage", "image"}, {"domainName", "pictures.example"}}, "/image"},
        {"/plans", {}, "/plans"}};
    for (const auto& row : rows) {
        EXPECT_EQ(http_event(with_path(row.path, row.context)).request.path, row.expected);
    }
}

TEST(HttpEventTest, QueryThatNoSocketWouldCarryIsRefused) {
    for (const auto* query : {"a=b c", "a=\r\n", "a=#b", "a=m\xC3\xA8o"}) {
        EXPECT_TRUE(http_event(recorded("http_post.json", {{"rawQueryString", query}})).refusal)
            << query;
    }
}

TEST(HttpEventTest, CookieThatNoSocketWouldCarryIsRefused) {
    EXPECT_TRUE(http_event(recorded("http_post.json",
                                    {{"cookies", boost::json::array{"a=b\r\nX-Evil: 1"}}}))
                    .refusal);
}

TEST(HttpEventTest, PlainHttpInFrontIsNotSecure) {
    EXPECT_FALSE(
        http_event(recorded("http_post.json", {{"headers", object{{"x-forwarded-proto", "http"}}}}))
            .request.secure);
}

}  // namespace imagify::lambda
