#include <gtest/gtest.h>

#include "adapters/vnpay/signature.hpp"
#include "transport/http/query.hpp"
#include "unit/lambda/events.hpp"

namespace imagify::lambda {
namespace {

using boost::json::array;
using boost::json::object;

}  // namespace

TEST(RestEventTest, BecomesTheRequestThatWasSent) {
    const auto event = http_event(recorded("rest_get.json"));

    EXPECT_FALSE(event.refusal);
    EXPECT_EQ(event.payload, Payload::V1);
    EXPECT_EQ(event.request.method, http::Method::Get);
    EXPECT_EQ(event.request.path, "/image/01J8ZQ5Y3V0000000000000000/file");
    EXPECT_EQ(event.request.query, "download=");
    EXPECT_EQ(event.request.headers.count("cookie"), 2U);
    EXPECT_EQ(event.request.headers.get("cookie"), "imagify_session=t1");
    EXPECT_EQ(event.request.request_id, "2b8a1d70-6b49-4d7e-9c0e-8f3a1b2c3d4e");
    EXPECT_TRUE(event.request.secure);
    EXPECT_EQ(event.request.body, "");
}

TEST(RestEventTest, CustomerIsWhoCalledApiGatewayWhateverTheHeadersSay) {
    EXPECT_EQ(http_event(recorded("rest_get.json")).request.client_address, "203.0.113.9");
}

TEST(RestEventTest, TrustedProxiesMayNameTheCustomer) {
    const auto event = read_event(
        recorded("rest_get.json"), [](const std::string& source, const http::Headers& headers) {
            return source + " for " + std::string(headers.get("X-Forwarded-For"));
        });

    ASSERT_TRUE(event);
    EXPECT_EQ(std::get<HttpEvent>(*event).request.client_address,
              "203.0.113.9 for 6.6.6.6, 203.0.113.9");
}

TEST(RestEventTest, WithoutACallerAllCountAsOne) {
    EXPECT_EQ(
        http_event(recorded("rest_get.json", {{"requestContext", nullptr}})).request.client_address,
        "unknown");
}

TEST(RestEventTest, BodyIsDecoded) {
    const auto event = http_event(recorded("rest_post_base64.json"));

    EXPECT_EQ(event.request.method, http::Method::Post);
    EXPECT_EQ(event.request.body, R"({"email":"an@example.vn"})");
    EXPECT_EQ(event.request.client_address, "2001:db8::7");
}

TEST(RestEventTest, BodyThatIsNoBase64IsRefused) {
    const auto event = http_event(recorded("rest_post_base64.json", {{"body", "***"}}));

    ASSERT_TRUE(event.refusal);
    EXPECT_EQ(event.refusal->code, "request.malformed");
}

TEST(RestEventTest, SingleValuesServeWhereThereAreNoLists) {
    const auto event = http_event(
        recorded("rest_get.json", {{"multiValueHeaders", nullptr},
                                   {"multiValueQueryStringParameters", nullptr},
                                   {"queryStringParameters", object{{"q", "mèo & chó"}}}}));

    EXPECT_EQ(event.request.headers.get("cookie"), "last=only");
    EXPECT_EQ(event.request.query, "q=m%C3%A8o+%26+ch%C3%B3");
}

TEST(RestEventTest, RepeatedParametersStayRepeated) {
    const auto event = http_event(recorded(
        "rest_get.json", {{"multiValueQueryStringParameters", object{{"a", array{"1", "2"}}}}}));

    EXPECT_EQ(event.request.query, "a=1&a=2");
}

// API Gateway decodes the parameters; the signature is over values, so it holds for them.
TEST(RestEventTest, SignatureOfTheGatewayHoldsForDecodedParameters) {
    const Secret secret("TESTONLYINVENTEDSECRETKEY0000001");
    const auto sent = vnpay::signed_query(
        secret, {{"vnp_Amount", "25000000"},
                 {"vnp_OrderInfo", "Thanh toán 100 + 5% tín dụng * (gói) ~ \"A&B=C\""},
                 {"vnp_PayDate", "20260115100712"},
                 {"vnp_TxnRef", "01J8ZQ5Y3V0000000000000000"}});
    const auto decoded = http::Query::parse(sent);
    ASSERT_TRUE(decoded);
    object parameters;
    for (const auto* name :
         {"vnp_TxnRef", "vnp_SecureHash", "vnp_OrderInfo", "vnp_Amount", "vnp_PayDate"}) {
        parameters[name] = array{decoded->get(name).value()};
    }

    const auto event = http_event(
        recorded("rest_get.json", {{"multiValueQueryStringParameters", std::move(parameters)}}));

    EXPECT_NE(event.request.query, sent);
    const auto again = http::Query::parse(event.request.query);
    ASSERT_TRUE(again);
    vnpay::Fields fields;
    for (const auto* name : {"vnp_TxnRef", "vnp_OrderInfo", "vnp_Amount", "vnp_PayDate"}) {
        fields[name] = again->get(name).value();
    }
    EXPECT_EQ(vnpay::signed_query(secret, fields), sent);
}

TEST(RestEventTest, DecodedPathIsEncodedAgain) {
    const std::pair<const char*, const char*> rows[] = {{"/a b", "/a%20b"},
                                                        {"/m\xC3\xA8o", "/m%C3%A8o"},
                                                        {"/a?b#c", "/a%3Fb%23c"},
                                                        {"/a%2Fb", "/a%2Fb"},
                                                        {"/", "/"},
                                                        {"/a\r\nX: y", "/a%0D%0AX:%20y"},
                                                        {"/..%2f..", "/..%2f.."}};
    for (const auto& [path, expected] : rows) {
        EXPECT_EQ(http_event(recorded("rest_get.json", {{"path", path}})).request.path, expected);
    }
}

TEST(RestEventTest, PathThatIsNoneIsRefused) {
    for (const auto* path : {"", "auth/login", "*"}) {
        EXPECT_TRUE(http_event(recorded("rest_get.json", {{"path", path}})).refusal) << path;
    }
}

TEST(RestEventTest, HeaderThatNoSocketWouldCarryIsRefused) {
    for (const auto& [name, value] :
         {std::pair{"A B", "x"}, {"", "x"}, {"A", "x\r\nB: y"}, {"A", "x\x7f"}}) {
        const auto event = http_event(
            recorded("rest_get.json", {{"multiValueHeaders", object{{name, array{value}}}}}));
        EXPECT_TRUE(event.refusal) << name;
    }
}

TEST(RestEventTest, UnknownMethodIsNoGet) {
    EXPECT_EQ(http_event(recorded("rest_get.json", {{"httpMethod", "TRACE"}})).request.method,
              http::Method::Other);
}

TEST(RestEventTest, RequestIdThatIsNoneIsLeftOut) {
    const auto event =
        http_event(recorded("rest_get.json", {{"requestContext", object{{"requestId", "a\"b"}}}}));
    EXPECT_EQ(event.request.request_id, "");
}

TEST(RestEventTest, BodyHasALimit) {
    const auto with = [](std::size_t bytes) {
        return http_event(recorded("rest_get.json", {{"body", std::string(bytes, 'x')}}));
    };

    EXPECT_FALSE(with(kBodyMaxBytes).refusal);
    ASSERT_TRUE(with(kBodyMaxBytes + 1).refusal);
    EXPECT_EQ(with(kBodyMaxBytes + 1).refusal->code, "request.too_large");
}

TEST(RestEventTest, FieldsHaveALimit) {
    const auto with = [](std::size_t fields) {
        array values(fields, "x");
        return http_event(
            recorded("rest_get.json", {{"multiValueHeaders", object{{"A", std::move(values)}}}}));
    };

    EXPECT_FALSE(with(kFieldsMax).refusal);
    EXPECT_EQ(with(kFieldsMax + 1).refusal_status, 431U);
}

TEST(RestEventTest, HeadersHaveALimit) {
    const auto with = [](std::size_t bytes) {
        return http_event(
            recorded("rest_get.json",
                     {{"multiValueHeaders", object{{"A", array{std::string(bytes - 5, 'x')}}}}}));
    };

    EXPECT_FALSE(with(kHeadMaxBytes).refusal);
    EXPECT_EQ(with(kHeadMaxBytes + 1).refusal_status, 431U);
}

TEST(RestEventTest, TargetHasALimit) {
    const auto with = [](std::size_t bytes) {
        return http_event(
            recorded("rest_get.json", {{"path", "/"},
                                       {"multiValueQueryStringParameters",
                                        object{{"a", array{std::string(bytes - 4, 'x')}}}}}));
    };

    EXPECT_FALSE(with(kTargetMaxBytes).refusal);
    EXPECT_EQ(with(kTargetMaxBytes + 1).refusal_status, 414U);
}

}  // namespace imagify::lambda
