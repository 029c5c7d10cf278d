#include "domain/amount_in_words.hpp"

#include <array>
#include <cassert>
#include <string_view>

namespace imagify {
namespace {

constexpr std::int64_t kLimit = 1'000'000'000'000;

void add(std::string& text, std::string_view word) {
    if (!text.empty()) text += ' ';
    text += word;
}

constexpr std::array<std::string_view, 10> kDigitsVi = {"không", "một", "hai", "ba",  "bốn",
                                                        "năm",   "sáu", "bảy", "tám", "chín"};

// The last digit of a group: after tens, 1 is "mốt" (from twenty on), 5 is "lăm"; without tens but
// after hundreds it is joined by "linh".
void add_ones_vi(std::string& text, std::size_t tens, std::size_t ones, bool after_hundreds) {
    if (ones == 0) return;
    if (tens == 0 && after_hundreds) add(text, "linh");
    if (tens > 1 && ones == 1) return add(text, "mốt");
    if (tens > 0 && ones == 5) return add(text, "lăm");
    add(text, kDigitsVi[ones]);
}

// 1..999; a group that follows another names its empty hundreds too: "một triệu không trăm linh
// năm nghìn".
void add_group_vi(std::string& text, std::size_t group) {
    const bool follows = !text.empty();
    const auto hundreds = group / 100;
    const auto tens = group / 10 % 10;
    if (hundreds > 0 || follows) {
        add(text, kDigitsVi[hundreds]);
        add(text, "trăm");
    }
    if (tens == 1) add(text, "mười");
    if (tens > 1) {
        add(text, kDigitsVi[tens]);
        add(text, "mươi");
    }
    add_ones_vi(text, tens, group % 10, hundreds > 0 || follows);
}

constexpr std::array<std::string_view, 20> kSmallEn = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTensEn = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

void add_group_en(std::string& text, std::size_t group) {
    if (group >= 100) {
        add(text, kSmallEn[group / 100]);
        add(text, "hundred");
    }
    const auto rest = group % 100;
    if (rest == 0) return;
    if (rest < kSmallEn.size()) return add(text, kSmallEn[rest]);
    add(text, kTensEn[rest / 10]);
    if (rest % 10 != 0) text.append("-").append(kSmallEn[rest % 10]);
}

constexpr std::array<std::string_view, 4> kScaleVi = {"tỷ", "triệu", "nghìn", ""};
constexpr std::array<std::string_view, 4> kScaleEn = {"billion", "million", "thousand", ""};

}  // namespace

std::string amount_in_words(Vnd amount, Locale locale) {
    assert(amount.amount >= 0 && amount.amount < kLimit);
    const bool vietnamese = locale == Locale::Vietnamese;
    std::string text;
    std::int64_t unit = kLimit / 1'000;
    for (std::size_t scale = 0; scale < kScaleVi.size(); ++scale, unit /= 1'000) {
        const auto group = static_cast<std::size_t>(amount.amount / unit % 1'000);
        if (group == 0) continue;
        vietnamese ? add_group_vi(text, group) : add_group_en(text, group);
        const auto name = vietnamese ? kScaleVi[scale] : kScaleEn[scale];
        if (!name.empty()) add(text, name);
    }
    if (text.empty()) text = vietnamese ? kDigitsVi[0] : kSmallEn[0];
    // Every first word begins with an ASCII letter.
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text + (vietnamese ? " đồng" : " Vietnamese dong");
}

}  // namespace imagify
