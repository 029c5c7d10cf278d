#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace imagify {
namespace {

using namespace std::string_view_literals;

struct Row {
    std::string_view name;
    std::string_view bytes;
    std::optional<std::size_t> count;
};

// Unicode 15, table 3-7: the first and the last sequence of each row, and their neighbours.
constexpr Row kRows[] = {
    {"empty", "", 0},
    {"NUL", "\0"sv, 1},
    {"U+007F", "\x7f", 1},
    {"lone continuation 80", "\x80", {}},
    {"lone continuation BF", "\xbf", {}},
    {"overlong C0", "\xc0\x80", {}},
    {"overlong C1", "\xc1\xbf", {}},
    {"U+0080", "\xc2\x80", 1},
    {"U+07FF", "\xdf\xbf", 1},
    {"two bytes cut short", "\xc2", {}},
    {"two bytes, second 7F", "\xc2\x7f", {}},
    {"two bytes, second C0", "\xc2\xc0", {}},
    {"overlong E0 9F", "\xe0\x9f\xbf", {}},
    {"U+0800", "\xe0\xa0\x80", 1},
    {"U+0FFF", "\xe0\xbf\xbf", 1},
    {"U+1000", "\xe1\x80\x80", 1},
    {"U+CFFF", "\xec\xbf\xbf", 1},
    {"U+D7FF", "\xed\x9f\xbf", 1},
    {"surrogate U+D800", "\xed\xa0\x80", {}},
    {"surrogate U+DFFF", "\xed\xbf\xbf", {}},
    {"U+E000", "\xee\x80\x80", 1},
    {"U+FFFF", "\xef\xbf\xbf", 1},
    {"three bytes cut after one", "\xe1", {}},
    {"three bytes cut after two", "\xe1\x80", {}},
    {"three bytes, third 7F", "\xe1\x80\x7f", {}},
    {"three bytes, third C0", "\xe1\x80\xc0", {}},
    {"overlong F0 8F", "\xf0\x8f\xbf\xbf", {}},
    {"U+10000", "\xf0\x90\x80\x80", 1},
    {"U+3FFFF", "\xf0\xbf\xbf\xbf", 1},
    {"U+40000", "\xf1\x80\x80\x80", 1},
    {"U+FFFFF", "\xf3\xbf\xbf\xbf", 1},
    {"U+100000", "\xf4\x80\x80\x80", 1},
    {"U+10FFFF", "\xf4\x8f\xbf\xbf", 1},
    {"U+110000", "\xf4\x90\x80\x80", {}},
    {"F5", "\xf5\x80\x80\x80", {}},
    {"FF", "\xff", {}},
    {"four bytes cut after one", "\xf1", {}},
    {"four bytes cut after two", "\xf1\x80", {}},
    {"four bytes cut after three", "\xf1\x80\x80", {}},
    {"four bytes, fourth 7F", "\xf1\x80\x80\x7f", {}},
    {"four bytes, fourth C0", "\xf1\x80\x80\xc0", {}},
    {"good, then bad", "abc\xff", {}},
    {"bad, then good",
     "\xff"
     "abc",
     {}},
    {"Vietnamese", "chợ nổi", 7},
    {"an emoji", "🎨", 1},
};

}  // namespace

TEST(Utf8Test, CountsEveryRowOfTheUnicodeTable) {
    for (const auto& row : kRows) EXPECT_EQ(count_code_points(row.bytes), row.count) << row.name;
}

TEST(Utf8Test, EveryCodePointCountsOnceAndNoSurrogateDoes) {
    for (std::uint32_t point = 0; point <= 0x10ffff; ++point) {
        std::string bytes;
        const auto tail = [&](unsigned shift) {
            bytes += static_cast<char>(0x80U | ((point >> shift) & 0x3fU));
        };
        if (point < 0x80) {
            bytes += static_cast<char>(point);
        } else if (point < 0x800) {
            bytes += static_cast<char>(0xc0U | (point >> 6U));
            tail(0);
        } else if (point < 0x10000) {
            bytes += static_cast<char>(0xe0U | (point >> 12U));
            tail(6);
            tail(0);
        } else {
            bytes += static_cast<char>(0xf0U | (point >> 18U));
            tail(12);
            tail(6);
            tail(0);
        }

        const bool surrogate = point >= 0xd800 && point <= 0xdfff;
        ASSERT_EQ(count_code_points(bytes).has_value(), !surrogate) << point;
        ASSERT_EQ(count_code_points(bytes).value_or(1), 1U) << point;
    }
}

}  // namespace imagify
