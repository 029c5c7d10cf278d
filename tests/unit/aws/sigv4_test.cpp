#include "adapters/aws/sigv4.hpp"

#include <gtest/gtest.h>

#include "adapters/aws/digest.hpp"
#include "adapters/aws/http_date.hpp"

namespace imagify::aws {
namespace {

struct Vector {
    std::string name;
    SignableRequest request;
    std::string signature;
};

std::ostream& operator<<(std::ostream& out, const Vector& vector) { return out << vector.name; }

// The suite "aws-sig-v4-test-suite" that AWS publishes.
const Credentials kSuiteCredentials{
    .access_key_id = "AKIDEXAMPLE",
    .secret_access_key = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")};
const SigningScope kSuiteScope{.region = "us-east-1", .service = "service"};
// "Signature calculations for the Authorization header" in the S3 API reference.
const Credentials kS3Credentials{
    .access_key_id = "AKIAIOSFODNN7EXAMPLE",
    .secret_access_key = Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")};
const SigningScope kS3Scope{.region = "us-east-1", .service = "s3"};
const std::string kS3Host = "examplebucket.s3.amazonaws.com";

SignableRequest suite(std::string method, Pairs query = {}, Pairs headers = {},
                      std::string_view body = {}) {
    return {.method = std::move(method),
            .authority = "example.amazonaws.com",
            .path = "/",
            .query = std::move(query),
            .headers = std::move(headers),
            .body = body};
}

std::string signature_in(const Pairs& headers) {
    const auto& value = headers.back().second;
    return value.substr(value.rfind('=') + 1);
}

std::string at(std::string_view text, const SignableRequest& request, const Credentials& who,
               const SigningScope& scope) {
    return signature_in(sign_headers(request, who, scope, *parse_utc_time(text)));
}

class SigV4SuiteTest : public ::testing::TestWithParam<Vector> {};

TEST_P(SigV4SuiteTest, MatchesAwsSignature) {
    EXPECT_EQ(at("2015-08-30T12:36:00Z", GetParam().request, kSuiteCredentials, kSuiteScope),
              GetParam().signature);
}

const std::string kUnreserved =
    "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

INSTANTIATE_TEST_SUITE_P(
    Suite, SigV4SuiteTest,
    ::testing::Values(
        Vector{"get-vanilla", suite("GET"),
               "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
        Vector{"get-vanilla-query-order-key-case",
               suite("GET", {{"Param2", "value2"}, {"Param1", "value1"}}),
               "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
        Vector{"get-vanilla-empty-query-key", suite("GET", {{"Param1", "value1"}}),
               "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
        Vector{"get-vanilla-query-unreserved", suite("GET", {{kUnreserved, kUnreserved}}),
               "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
        Vector{"get-header-value-trim",
               suite("GET", {}, {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}),
               "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
        Vector{"post-vanilla", suite("POST"),
               "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
        Vector{"post-header-key-sort", suite("POST", {}, {{"My-Header1", "value1"}}),
               "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"},
        Vector{"post-x-www-form-urlencoded",
               suite("POST", {}, {{"Content-Type", "application/x-www-form-urlencoded"}},
                     "Param1=value1"),
               "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"}),
    [](const auto& info) {
        auto name = info.param.name;
        std::ranges::replace(name, '-', '_');
        return name;
    });

TEST(SigV4Test, ListUsersExampleOfTheGeneralReference) {
    const SignableRequest request{
        .method = "GET",
        .authority = "iam.amazonaws.com",
        .query = {{"Action", "ListUsers"}, {"Version", "2010-05-08"}},
        .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}}};

    EXPECT_EQ(at("2015-08-30T12:36:00Z", request, kSuiteCredentials,
                 {.region = "us-east-1", .service = "iam"}),
              "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

TEST(SigV4Test, S3ExamplesOfItsReference) {
    constexpr std::string_view kTime = "2013-05-24T00:00:00Z";
    const auto signature = [&](const SignableRequest& request) {
        return at(kTime, request, kS3Credentials, kS3Scope);
    };

    EXPECT_EQ(signature({.method = "GET",
                         .authority = kS3Host,
                         .path = "/test.txt",
                         .headers = {{"Range", "bytes=0-9"}}}),
              "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    EXPECT_EQ(signature({.method = "PUT",
                         .authority = kS3Host,
                         .path = "/test%24file.text",
                         .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                     {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                         .body = "Welcome to Amazon S3."}),
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    EXPECT_EQ(signature({.method = "GET", .authority = kS3Host, .query = {{"lifecycle", ""}}}),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    EXPECT_EQ(
        signature(
            {.method = "GET", .authority = kS3Host, .query = {{"max-keys", "2"}, {"prefix", "J"}}}),
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(SigV4Test, PresignedExampleOfS3) {
    const auto query = presigned_query(
        {.method = "GET", .authority = kS3Host, .path = "/test.txt"}, kS3Credentials, kS3Scope,
        *parse_utc_time("2013-05-24T00:00:00Z"), std::chrono::hours(24));

    EXPECT_EQ(query,
              "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F"
              "us-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&"
              "X-Amz-SignedHeaders=host&X-Amz-Signature="
              "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(SigV4Test, SessionTokenIsSignedAndSent) {
    auto temporary = kSuiteCredentials;
    temporary.session_token = Secret("AQoDYXdz/token+with=marks");

    const auto headers = sign_headers(suite("POST"), temporary, kSuiteScope,
                                      *parse_utc_time("2015-08-30T12:36:00Z"));
    const auto query =
        presigned_query(suite("GET"), temporary, kSuiteScope,
                        *parse_utc_time("2015-08-30T12:36:00Z"), std::chrono::seconds(60));

    EXPECT_EQ(headers[1].first, "X-Amz-Security-Token");
    EXPECT_TRUE(
        headers.back().second.contains("SignedHeaders=host;x-amz-date;x-amz-security-token"));
    EXPECT_TRUE(query.contains("X-Amz-Security-Token=AQoDYXdz%2Ftoken%2Bwith%3Dmarks"));
}

TEST(SigV4Test, PathsAreEncodedTwiceButForS3) {
    SignableRequest request{.method = "GET", .authority = "a", .path = "/a%20b"};

    const auto once = at("2015-08-30T12:36:00Z", request, kSuiteCredentials, kS3Scope);
    const auto twice = at("2015-08-30T12:36:00Z", request, kSuiteCredentials, kSuiteScope);
    request.path = "/a%2520b";
    const auto written_twice = at("2015-08-30T12:36:00Z", request, kSuiteCredentials, kS3Scope);

    EXPECT_NE(once, twice);
    EXPECT_NE(once, written_twice);
}

TEST(DigestTest, KnownAnswers) {
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),  // RFC 4231, case 2
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(HttpDateTest, TakesTheFormThatServersSend) {
    EXPECT_EQ(to_unix_ms(*parse_http_date("Thu, 01 Jan 1970 00:00:01 GMT")), 1'000);
    EXPECT_EQ(parse_http_date("Fri, 24 May 2013 00:00:00 GMT"),
              parse_utc_time("2013-05-24T00:00:00.123456Z"));
    for (const auto* text : {"", "Thu, 01 Jan 1970 00:00:01 UTC", "Thu, 31 Feb 2020 00:00:01 GMT",
                             "Thu, 01 Foo 1970 00:00:01 GMT", "Thu, 01 Jan 1970 24:00:01 GMT",
                             "Thu, 01 Jan 1970 00:00:-1 GMT", "Thursday, 01-Jan-70 00:00:01 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
    for (const auto* text : {"2013-05-24T00:00:00", "2013-13-24T00:00:00Z", "2013-05-24T00:00:00.Z",
                             "2013-05-24 00:00:00Z", "13-05-24T00:00:00Z"}) {
        EXPECT_FALSE(parse_utc_time(text)) << text;
    }
}

}  // namespace
}  // namespace imagify::aws
