#include "base/base64url.hpp"

#include <gtest/gtest.h>

#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

using namespace std::string_view_literals;

}  // namespace

TEST(Base64UrlTest, MatchesTheVectorsOfRfc4648) {
    struct Row {
        std::string_view bytes;
        std::string_view text;
    };
    for (const auto& [bytes, text] : std::initializer_list<Row>{
             {"", ""},
             {"f", "Zg"},
             {"fo", "Zm8"},
             {"foo", "Zm9v"},
             {"foob", "Zm9vYg"},
             {"fooba", "Zm9vYmE"},
             {"foobar", "Zm9vYmFy"},
             {"\xfb\xff\xbf", "-_-_"},
             {"\0\0"sv, "AAA"},
         }) {
        EXPECT_EQ(base64url_encode(bytes), text);
        EXPECT_EQ(base64url_decode(text), bytes);
    }
}

TEST(Base64UrlTest, RandomBytesOfEveryLengthRoundTrip) {
    SeededRandom random;

    for (std::size_t length = 0; length <= 300; ++length) {
        std::string bytes(length, '\0');
        random.fill(std::as_writable_bytes(std::span(bytes)));
        const auto text = base64url_encode(bytes);
        ASSERT_EQ(base64url_decode(text), bytes);
        ASSERT_EQ(text.size(), (length * 4 + 2) / 3);
        ASSERT_EQ(text.find_first_of("+/="), std::string::npos);
    }
}

TEST(Base64UrlTest, RefusesPaddingTheOtherAlphabetAndSpaces) {
    for (const auto text : {"Zg=="sv, "Zm8="sv, "Zm9v===="sv, "+/+/"sv, "Zm9v\n"sv, " Zm9v"sv,
                            "Zm 9"sv, "Zm9\0"sv, "Zm9\xc3"sv, "Zm.v"sv}) {
        EXPECT_FALSE(base64url_decode(text)) << text;
    }
}

TEST(Base64UrlTest, RefusesLengthsThatNothingEncodesTo) {
    EXPECT_FALSE(base64url_decode("Z"));
    EXPECT_FALSE(base64url_decode("Zm9vY"));
}

TEST(Base64UrlTest, RefusesUnusedBitsSoThatAValueHasOneSpelling) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (std::size_t value = 0; value < kAlphabet.size(); ++value) {
        const std::string two{'Z', kAlphabet[value]};
        const std::string three{'Z', 'm', kAlphabet[value]};

        EXPECT_EQ(base64url_decode(two).has_value(), value % 16 == 0) << two;
        EXPECT_EQ(base64url_decode(three).has_value(), value % 4 == 0) << three;
    }
}

}  // namespace imagify::testing
