#include "adapters/vnpay/signature.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/vnpay/api_message.hpp"

namespace imagify::vnpay {
namespace {

/// RFC 4231, test case 2.
constexpr std::string_view kRfcData = "what do ya want for nothing?";
constexpr std::string_view kRfcHash =
    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6"
    "f"
    "dcaeab1a34d4a6b4b636e070a38bce737";

TEST(Signature, IsHmacSha512) { EXPECT_EQ(sign(Secret{"Jefe"}, kRfcData), kRfcHash); }

TEST(Signature, MatchesInEitherCase) {
    std::string upper(kRfcHash);
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });

    EXPECT_TRUE(signature_matches(Secret{"Jefe"}, kRfcData, kRfcHash));
    EXPECT_TRUE(signature_matches(Secret{"Jefe"}, kRfcData, upper));
}

TEST(Signature, MatchesNothingBut128HexDigits) {
    const std::string right(kRfcHash);
    for (const std::string& wrong :
         {std::string{}, right.substr(1), right + "0", " " + right.substr(1),
          right.substr(0, 127) + "g", right.substr(0, 127) + std::string(1, '\0')}) {
        EXPECT_FALSE(signature_matches(Secret{"Jefe"}, kRfcData, wrong)) << wrong;
    }
}

TEST(Signature, MatchesNothingWithoutASecret) {
    EXPECT_FALSE(signature_matches(Secret{}, kRfcData, sign(Secret{}, kRfcData)));
}

TEST(ApiSignature, RefusesAValueThatCouldShiftTheOthers) {
    const Secret secret{"secret"};
    const Fields honest{{"vnp_ResponseId", "1"}, {"vnp_Message", "a|b"}};
    const auto message = with_signature(ApiMessage::QueryAnswer, honest, secret);

    EXPECT_FALSE(api_signature_matches(ApiMessage::QueryAnswer, message, secret));
}

TEST(ApiBody, TakesStringsAndIntegers) {
    const auto fields = parse_api_body(
        R"({"a":"1","b":20260115100405,"c":-1,"d":null,"e":1.5,"f":true,"g":{},"h":[]})");

    EXPECT_EQ(fields, (Fields{{"a", "1"}, {"b", "20260115100405"}, {"c", "-1"}}));
}

TEST(ApiBody, RefusesAllButAStrictObject) {
    for (const std::string_view body :
         {"", "[]", "null", "\"a\"", "{", "{}x", "{'a':1}", "{\"a\":1,}", "{\"a\":\"\xff\"}"}) {
        EXPECT_FALSE(parse_api_body(body).has_value()) << body;
    }
    const std::string deep = "{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}";
    EXPECT_FALSE(parse_api_body(deep).has_value());
}

TEST(ApiBody, TakesTheLimitAndNotOneMore) {
    const std::string frame = R"({"a":""})";
    const auto body = [&](std::size_t size) {
        return R"({"a":")" + std::string(size - frame.size(), 'x') + R"("})";
    };

    EXPECT_TRUE(parse_api_body(body(kMaxApiBodyBytes)).has_value());
    EXPECT_FALSE(parse_api_body(body(kMaxApiBodyBytes + 1)).has_value());
}

}  // namespace
}  // namespace imagify::vnpay
