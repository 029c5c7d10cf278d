#include "adapters/vnpay/gateway_time.hpp"

#include <algorithm>
#include <chrono>

namespace imagify::vnpay {
namespace {

constexpr std::chrono::hours kGatewayZone{7};
constexpr std::size_t kTimeDigits = 14;

void append_digits(std::string& text, unsigned value, std::size_t width) {
    const auto end = text.size() + width;
    text.resize(end, '0');
    for (std::size_t i = end; value != 0; value /= 10)
        text[--i] = static_cast<char>('0' + value % 10);
}

/// `text` is digits only.
int number(std::string_view text, std::size_t from, std::size_t width) {
    int value = 0;
    for (const char digit : text.substr(from, width)) value = value * 10 + (digit - '0');
    return value;
}

}  // namespace

std::string format_gateway_time(TimePoint time) {
    const auto local = std::chrono::floor<std::chrono::seconds>(time) + kGatewayZone;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    std::string text;
    append_digits(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    append_digits(text, static_cast<unsigned>(date.month()), 2);
    append_digits(text, static_cast<unsigned>(date.day()), 2);
    append_digits(text, static_cast<unsigned>(clock.hours().count()), 2);
    append_digits(text, static_cast<unsigned>(clock.minutes().count()), 2);
    append_digits(text, static_cast<unsigned>(clock.seconds().count()), 2);
    return text;
}

std::optional<TimePoint> parse_gateway_time(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != kTimeDigits || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{number(text, 0, 4)},
        std::chrono::month{static_cast<unsigned>(number(text, 4, 2))},
        std::chrono::day{static_cast<unsigned>(number(text, 6, 2))}};
    const int hour = number(text, 8, 2);
    const int minute = number(text, 10, 2);
    const int second = number(text, 12, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} - kGatewayZone;
}

}  // namespace imagify::vnpay
