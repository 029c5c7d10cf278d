#include "transport/http/idempotency_key.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

Request request_with(std::initializer_list<std::string> keys, std::string body = "{}") {
    Request request;
    request.body = std::move(body);
    for (const auto& key : keys) request.headers.add("Idempotency-Key", key);
    return request;
}

/// The code of the refusal; "" for a key that is taken.
std::string problem_of(std::initializer_list<std::string> keys) {
    const auto key = idempotency_key(request_with(keys), "route");
    if (key) return "";
    EXPECT_EQ(key.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(key.error().code, "validation.failed");
    EXPECT_EQ(key.error().fields.at(0).field, "Idempotency-Key");
    return key.error().fields.at(0).code;
}

}  // namespace

TEST(IdempotencyKeyTest, AbsentKeyIsNoKey) {
    const auto key = idempotency_key(request_with({}), "route");

    ASSERT_TRUE(key);
    EXPECT_FALSE(*key);
}

TEST(IdempotencyKeyTest, KeyCarriesItsRouteAndTheFingerprintOfTheBody) {
    const auto key = idempotency_key(request_with({"k-1"}, "abc"), "image.generate");

    ASSERT_TRUE(key && *key);
    EXPECT_EQ((*key)->route, "image.generate");
    EXPECT_EQ((*key)->key, "k-1");
    // FIPS 180-2, appendix B.1.
    EXPECT_EQ((*key)->fingerprint,
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(IdempotencyKeyTest, AnotherBodyIsAnotherFingerprint) {
    const auto one = idempotency_key(request_with({"k"}, "{}"), "route");
    const auto other = idempotency_key(request_with({"k"}, "{ }"), "route");

    EXPECT_NE((*one)->fingerprint, (*other)->fingerprint);
}

TEST(IdempotencyKeyTest, KeyHas255BytesAndNoMore) {
    EXPECT_EQ(problem_of({std::string(255, 'k')}), "");
    EXPECT_EQ(problem_of({std::string(256, 'k')}), "too_long");
}

TEST(IdempotencyKeyTest, KeyIsOnePrintableAsciiWord) {
    EXPECT_EQ(problem_of({"!~"}), "");
    EXPECT_EQ(problem_of({""}), "invalid");
    EXPECT_EQ(problem_of({"a b"}), "invalid");
    EXPECT_EQ(problem_of({"a\tb"}), "invalid");
    EXPECT_EQ(problem_of({"a\x7f"}), "invalid");
    EXPECT_EQ(problem_of({"khóa"}), "invalid");
    EXPECT_EQ(problem_of({std::string("a\0b", 3)}), "invalid");
    EXPECT_EQ(problem_of({"a", "a"}), "invalid");
    EXPECT_EQ(problem_of({"a", "b"}), "invalid");
}

}  // namespace imagify::http
