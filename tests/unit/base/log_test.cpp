#include "base/log.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace imagify {
namespace {

using namespace std::string_view_literals;

/// What `write` sends to standard error. Lines may be held back until an error comes: one stands at
/// either end, and is cut off again.
template <class Write>
std::string captured(Write write) {
    ::testing::internal::CaptureStderr();
    log_event(LogLevel::Error, "begin");
    write();
    log_event(LogLevel::Error, "end");
    const auto text = ::testing::internal::GetCapturedStderr();
    const auto begin = text.find('\n', text.find("\"event\":\"begin\"")) + 1;
    const auto end = text.rfind('\n', text.rfind("\"event\":\"end\"")) + 1;
    return text.substr(begin, end - begin);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

boost::json::object parse_line(const std::string& line) {
    boost::json::error_code failed;
    const auto value = boost::json::parse(line, failed);
    EXPECT_FALSE(failed) << line;
    return value.is_object() ? value.get_object() : boost::json::object();
}

}  // namespace

TEST(LogTest, LineHasTimeLevelEventAndTypedFields) {
    const auto text = captured([] {
        log_event(LogLevel::Warning, "order.unsettled",
                  {{"orderId", "o-1"},
                   {"amountVnd", std::int64_t{250'000}},
                   {"late", true},
                   {"seconds", 0.25}});
    });

    ASSERT_EQ(lines_of(text).size(), 1U);
    const auto line = parse_line(lines_of(text)[0]);
    EXPECT_EQ(line.at("level"), "warning");
    EXPECT_EQ(line.at("event"), "order.unsettled");
    EXPECT_EQ(line.at("orderId"), "o-1");
    EXPECT_EQ(line.at("amountVnd"), 250'000);
    EXPECT_EQ(line.at("late"), true);
    EXPECT_EQ(line.at("seconds"), 0.25);
    const auto time = std::string(line.at("time").as_string());
    ASSERT_EQ(time.size(), std::string_view("2026-01-15T03:04:05.000Z").size());
    EXPECT_EQ(time[10], 'T');
    EXPECT_EQ(time.back(), 'Z');
}

TEST(LogTest, HostileTextIsStillOneLineOfJsonThatReadsBackTheSame) {
    for (const auto hostile :
         {"two\nlines"sv, "\r\n{\"level\":\"error\"}"sv, "quote \" and \\ backslash"sv,
          "\0\x01\x1f\x7f"sv, "\x1b[31mred"sv, "{} {0} %s %v %n"sv, "tail\\"sv,
          "\u2028\u2029\u0085"sv, "chợ nổi 🎨"sv}) {
        const auto text = captured(
            [&] { log_event(LogLevel::Info, hostile, {{"detail", hostile}, {hostile, "x"}}); });

        ASSERT_EQ(lines_of(text).size(), 1U) << hostile;
        const auto line = parse_line(lines_of(text)[0]);
        EXPECT_EQ(line.at("event").as_string(), hostile);
        EXPECT_EQ(line.at("detail").as_string(), hostile);
        EXPECT_EQ(line.at(hostile), "x");
    }
}

TEST(LogTest, BytesThatAreNoUtf8AreStillJson) {
    for (const auto hostile :
         {"\xff"sv, "caf\xe9"sv, "\xc0\xaf"sv, "cut \xf0\x9f\x8e"sv, "\xed\xa0\x80"sv}) {
        const auto text =
            captured([&] { log_event(LogLevel::Info, "probe", {{"detail", hostile}}); });

        ASSERT_EQ(lines_of(text).size(), 1U);
        EXPECT_TRUE(parse_line(lines_of(text)[0]).contains("detail"));
    }
}

TEST(LogTest, NumbersThatJsonCannotSayAreStillJson) {
    using Limits = std::numeric_limits<double>;
    for (const double number : {Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(),
                                Limits::max(), Limits::denorm_min(), -0.0}) {
        const auto text =
            captured([&] { log_event(LogLevel::Info, "probe", {{"number", number}}); });

        ASSERT_EQ(lines_of(text).size(), 1U);
        EXPECT_TRUE(parse_line(lines_of(text)[0]).contains("number"));
    }
}

TEST(LogTest, WholeNumbersAreExactAtTheirLimits) {
    using Limits = std::numeric_limits<std::int64_t>;
    const auto text = captured([] {
        log_event(LogLevel::Info, "probe", {{"low", Limits::min()}, {"high", Limits::max()}});
    });

    const auto line = parse_line(lines_of(text).at(0));
    EXPECT_EQ(line.at("low"), Limits::min());
    EXPECT_EQ(line.at("high"), Limits::max());
}

TEST(LogTest, LinesBelowTheLevelAreDropped) {
    const auto text = captured([] {
        log_event(LogLevel::Debug, "hidden by default");
        set_log_level(LogLevel::Error);
        log_event(LogLevel::Warning, "hidden");
        log_event(LogLevel::Error, "shown");
        set_log_level(LogLevel::Info);
    });

    ASSERT_EQ(lines_of(text).size(), 1U);
    EXPECT_EQ(parse_line(lines_of(text)[0]).at("event"), "shown");
}

TEST(LogTest, ThreadsDoNotMixTheirLines) {
    const std::string filler(300, 'x');
    const auto text = captured([&] {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int k = 0; k < 250; ++k) log_event(LogLevel::Info, "probe", {{"f", filler}});
            });
        }
    });

    const auto lines = lines_of(text);
    EXPECT_EQ(lines.size(), 1'000U);
    for (const auto& line : lines) ASSERT_EQ(parse_line(line).at("f").as_string(), filler);
}

}  // namespace imagify
