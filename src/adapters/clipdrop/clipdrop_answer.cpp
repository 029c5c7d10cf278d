#include "adapters/clipdrop/clipdrop_answer.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>

#include "base/mutant.hpp"

namespace imagify {
namespace {

using std::chrono::seconds;

constexpr std::chrono::hours kLongestRetryAfter{1};
// ClipDrop counts calls by the minute and documents no Retry-After.
constexpr seconds kDefaultRateWait{10};
constexpr std::size_t kMessageMaxBytes = 120;
// A piece of the key this long gives too much of it away.
constexpr std::size_t kTellingKeyBytes = 8;

struct Meaning {
    ErrorKind kind;
    std::string_view code;
};

Meaning meaning_of(unsigned status) {
    switch (status) {
        case 400:  // Also what a content filter answers.
        case 413:
        case 422: return {ErrorKind::Refused, "prompt.refused"};
        case 401:  // No key.
        case 402:  // No credits left.
        case 403:  // Key refused or revoked.
            return {ErrorKind::NoUpstreamCredit, "painter.no_upstream_credit"};
        case 429: return {ErrorKind::RateLimited, "painter.rate_limited"};
        default: break;
    }
    if (status >= 500) return {ErrorKind::Unavailable, "painter.unavailable"};
    return {ErrorKind::BadUpstream, "painter.bad_answer"};
}

bool repeats_key(std::string_view message, std::string_view key) {
    const auto piece = std::min(kTellingKeyBytes, key.size());
    if (piece == 0) return false;
    for (std::size_t i = 0; i + piece <= key.size(); ++i) {
        if (message.contains(key.substr(i, piece))) return true;
    }
    return false;
}

// The "error" member of a JSON body: short, on one line, or nothing.
std::string message_of(std::string_view body) {
    boost::system::error_code bad;
    const auto parsed = boost::json::parse({body.data(), body.size()}, bad);
    if (bad || !parsed.is_object()) return {};
    const auto* const member = parsed.get_object().if_contains("error");
    if (member == nullptr || !member->is_string()) return {};
    const auto& text = member->get_string();
    return {text.data(), text.size()};
}

std::string shortened(std::string message) {
    if (message.size() > kMessageMaxBytes) message.resize(kMessageMaxBytes);
    for (auto& c : message) {
        if (c < 0x20 || c == 0x7f) c = '?';
    }
    return message;
}

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
    return value;
}

// "Sun, 06 Nov 1994 08:49:37 GMT", the only form that may still be sent (RFC 9110, 5.6.7).
std::optional<TimePoint> parse_http_date(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
    const auto* const month = std::ranges::find(kMonths, text.substr(8, 3));
    const auto day = number(text.substr(5, 2));
    const auto year = number(text.substr(12, 4));
    const auto hour = number(text.substr(17, 2));
    const auto minute = number(text.substr(20, 2));
    const auto second = number(text.substr(23, 2));
    if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::year(*year),
        std::chrono::month(1U + static_cast<unsigned>(month - kMonths.begin())),
        std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           seconds(*second);
}

}  // namespace

std::optional<std::string_view> find_header(const OutboundAnswer& answer, std::string_view name) {
    const auto found =
        std::ranges::find(answer.headers, name, &std::pair<std::string, std::string>::first);
    if (found == answer.headers.end()) return std::nullopt;
    return found->second;
}

std::optional<double> decimal_header(const OutboundAnswer& answer, std::string_view name) {
    const auto text = find_header(answer, name);
    if (!text) return std::nullopt;
    double value = 0;
    const auto* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, value, std::chars_format::fixed);
    if (error != std::errc{} || stop != end || !std::isfinite(value) || value < 0) {
        return std::nullopt;
    }
    return value;
}

std::optional<seconds> retry_after(const OutboundAnswer& answer, TimePoint now) {
    const auto text = find_header(answer, "retry-after");
    if (!text) return std::nullopt;
    std::optional<seconds> wait;
    if (const auto count = number(*text)) {
        wait = seconds(*count);
    } else if (const auto date = parse_http_date(*text)) {
        wait = std::chrono::ceil<seconds>(*date - now);
    }
    if (!wait) return std::nullopt;
    return std::clamp(*wait, seconds(MUTANT("parse.negative_wait") ? -1 : 0),
                      seconds(kLongestRetryAfter));
}

Error normalize(const OutboundAnswer& answer, TimePoint now, const Secret& api_key,
                std::string_view prompt) {
    const auto meaning = meaning_of(answer.status);
    Error error{.kind = meaning.kind,
                .code = std::string(meaning.code),
                .detail = "ClipDrop answered " + std::to_string(answer.status),
                .retry_after = retry_after(answer, now)};
    if (error.kind == ErrorKind::RateLimited && !error.retry_after) {
        error.retry_after = kDefaultRateWait;
    }
    const auto message = message_of(answer.body);
    const bool is_telling = repeats_key(message, api_key.reveal()) || message.contains(prompt);
    if (!message.empty() && !is_telling) error.detail += ": " + shortened(message);
    return error;
}

Error normalize(const Error& error) {
    auto painter_error = error;
    if (error.kind == ErrorKind::Timeout) {
        painter_error.code = "painter.timeout";
    } else if (error.kind == ErrorKind::BadUpstream || error.kind == ErrorKind::TooLarge) {
        painter_error.kind = ErrorKind::BadUpstream;
        painter_error.code = "painter.bad_answer";
    } else {
        painter_error.kind = ErrorKind::Unavailable;
        painter_error.code = "painter.unavailable";
    }
    return painter_error;
}

}  // namespace imagify
