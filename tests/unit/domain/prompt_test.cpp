#include "domain/prompt.hpp"

#include <gtest/gtest.h>

#include <string>

namespace imagify {
namespace {

using namespace std::string_view_literals;

std::string repeat(std::string_view text, std::size_t times) {
    std::string repeated;
    for (std::size_t i = 0; i < times; ++i) repeated += text;
    return repeated;
}

}  // namespace

TEST(PromptTest, Has1000CodePointsAndNoMoreHoweverManyBytes) {
    for (const auto character : {"a"sv, "é"sv, "ợ"sv, "🎨"sv}) {
        EXPECT_EQ(prompt_problem(repeat(character, 1'000)), std::nullopt) << character;
        EXPECT_EQ(prompt_problem(repeat(character, 1'001)), "too_long") << character;
    }
}

TEST(PromptTest, MustSaySomething) {
    for (const auto blank : {""sv, " "sv, "\t\r\n "sv}) {
        EXPECT_EQ(prompt_problem(blank), "required");
    }
    EXPECT_EQ(prompt_problem("x"), std::nullopt);
    EXPECT_EQ(prompt_problem(" x "), std::nullopt);
}

TEST(PromptTest, TakesLineEndsAndTabsButNoOtherControls) {
    EXPECT_EQ(prompt_problem("one\r\ntwo\tthree"), std::nullopt);
    for (int c = 0; c < 0x20; ++c) {
        const bool taken = c == '\n' || c == '\r' || c == '\t';
        const auto prompt = std::string("a") + static_cast<char>(c);
        EXPECT_EQ(prompt_problem(prompt).has_value(), !taken) << c;
    }
    EXPECT_EQ(prompt_problem("a\x7f"), "invalid");
}

TEST(PromptTest, MustBeUtf8) {
    for (const auto bytes : {"\xff"sv, "caf\xe9"sv, "\xed\xa0\x80"sv, "🎨\xf0\x9f"sv}) {
        EXPECT_EQ(prompt_problem(bytes), "invalid");
    }
}

TEST(PromptTest, TrimTakesWhiteSpaceFromBothEndsOnly) {
    EXPECT_EQ(trim("  a b\t\r\n"), "a b");
    EXPECT_EQ(trim("a"), "a");
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(trim(""), "");
}

TEST(AspectRatioTest, EachRatioHasItsTextAndAboutOneMegapixelInStepsOf32) {
    struct Row {
        std::string_view text;
        double ratio;
    };
    for (const auto& [text, ratio] : std::initializer_list<Row>{
             {"1:1", 1.0},
             {"3:4", 3.0 / 4},
             {"4:3", 4.0 / 3},
             {"16:9", 16.0 / 9},
             {"9:16", 9.0 / 16},
         }) {
        const auto parsed = parse_aspect_ratio(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(to_text(*parsed), text);
        const auto [width, height] = pixel_size(*parsed);
        EXPECT_EQ(width % 32, 0) << text;
        EXPECT_EQ(height % 32, 0) << text;
        EXPECT_NEAR(static_cast<double>(width) / height, ratio, ratio * 0.03) << text;
        EXPECT_NEAR(width * height, 1'048'576, 60'000) << text;
    }
    for (const auto* text : {"", "1:2", "1x1", "16:9 ", "01:1"}) {
        EXPECT_FALSE(parse_aspect_ratio(text)) << text;
    }
}

}  // namespace imagify
