#include "adapters/aws/http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace imagify::aws {
namespace {

constexpr auto kMonths = std::to_array<std::string_view>(
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});

// All of `text` is digits; -1 otherwise.
int number(std::string_view text) {
    if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return -1;
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<TimePoint> moment(int year, int month, int day, std::string_view clock) {
    const auto hours = number(clock.substr(0, 2));
    const auto minutes = number(clock.substr(3, 2));
    const auto seconds = number(clock.substr(6, 2));
    const bool shaped = clock.size() == 8 && clock[2] == ':' && clock[5] == ':';
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!shaped || year < 1970 || month < 1 || day < 1 || !date.ok()) return std::nullopt;
    // 60: a leap second.
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60)
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
           std::chrono::seconds(seconds);
}

}  // namespace

std::optional<TimePoint> parse_http_date(std::string_view text) {
    constexpr std::size_t kLength = 29;
    if (text.size() != kLength || text.substr(3, 2) != ", " || !text.ends_with(" GMT") ||
        text[7] != ' ' || text[11] != ' ' || text[16] != ' ')
        return std::nullopt;
    const auto month = std::ranges::find(kMonths, text.substr(8, 3)) - kMonths.begin();
    if (month == std::ssize(kMonths)) return std::nullopt;
    return moment(number(text.substr(12, 4)), static_cast<int>(month) + 1,
                  number(text.substr(5, 2)), text.substr(17, 8));
}

std::optional<TimePoint> parse_utc_time(std::string_view text) {
    constexpr std::size_t kShortest = 20;
    if (text.size() < kShortest || !text.ends_with('Z') || text[4] != '-' || text[7] != '-' ||
        text[10] != 'T')
        return std::nullopt;
    const auto fraction = text.substr(19, text.size() - kShortest);
    if (!fraction.empty() &&
        (fraction.front() != '.' || fraction.size() > 10 || number(fraction.substr(1)) < 0))
        return std::nullopt;
    return moment(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)),
                  text.substr(11, 8));
}

}  // namespace imagify::aws
