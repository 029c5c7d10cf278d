#pragma once

#include <gtest/gtest.h>

#include "adapters/clipdrop/clipdrop_painter.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "support/seeded_random.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {

using namespace std::chrono_literals;

/// Real time for deadlines, which the test may push on; sleeping takes none.
class HastyClock final : public Clock {
public:
    /// The date of RFC 9110's example of an HTTP date, 37 seconds earlier.
    TimePoint now() const override { return from_unix_ms(784'111'740'000); }
    std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::now() + ahead;
    }
    Task<void> sleep_for(std::chrono::milliseconds duration) override {
        sleeps.push_back(duration);
        co_return;
    }

    std::chrono::milliseconds ahead{0};
    std::vector<std::chrono::milliseconds> sleeps;
};

class RecordingSink final : public ByteSink {
public:
    Task<Result<void>> write(std::span<const std::byte> bytes) override {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (text.size() > limit) co_return fail(ErrorKind::Unavailable, "blob.io_error", "full");
        co_return Result<void>{};
    }

    std::string text;
    std::size_t limit = SIZE_MAX;
};

/// Begins as a PNG; whether it is one is the inspector's business.
inline std::string some_png(std::size_t size = 100'000) {
    std::string bytes = "\x89PNG\r\n\x1a\n";
    while (bytes.size() < size) bytes += static_cast<char>(bytes.size() * 7);
    return bytes;
}

inline std::string png_answer(Headers headers = {}, std::size_t size = 100'000) {
    headers.emplace_back("Content-Type", "image/png");
    return make_answer(200, headers, some_png(size));
}

/// Gives one answer after the other, whatever the connection; the last again and again. Then nobody
/// can mistake a repeat for a first call.
class Answers {
public:
    explicit Answers(std::vector<std::string> answers) : answers_(std::move(answers)) {}

    UpstreamServer::Script script() {
        return [this](UpstreamConnection& connection) {
            while (auto request = connection.read_request()) {
                const auto index = static_cast<std::size_t>(calls++);
                {
                    const std::lock_guard lock(mutex_);
                    last_ = std::move(*request);
                }
                const auto& answer = answers_[std::min(index, answers_.size() - 1)];
                if (answer.empty() || !connection.send(answer)) return;
            }
        };
    }

    ReceivedRequest last() {
        const std::lock_guard lock(mutex_);
        return last_;
    }

    std::atomic<int> calls = 0;

private:
    std::vector<std::string> answers_;
    std::mutex mutex_;
    ReceivedRequest last_;
};

inline constexpr std::string_view kKey = "canary-0123456789abcdef-key";

class ClipdropTest : public ::testing::Test {
protected:
    /// What comes of a prompt when the server gives these answers.
    Result<Painted> paint(std::vector<std::string> answers, std::string prompt = "a cat") {
        Answers plan(std::move(answers));
        const UpstreamServer server(plan.script());
        auto outcome = paint_at(server.url(), {.prompt = std::move(prompt)});
        calls = plan.calls;
        last = plan.last();
        return outcome;
    }

    Result<Painted> paint_with(UpstreamServer::Script script) {
        const UpstreamServer server(std::move(script));
        return paint_at(server.url(), {.prompt = "a cat"});
    }

    Result<Painted> paint_at(const std::string& url, PictureOrder order) {
        BeastHttpClient client({.slow_window = slow_window});
        ClipdropPainter painter({.api_key = Secret(std::string(kKey)), .url = url}, client, clock,
                                random);
        const auto deadline = std::chrono::steady_clock::now() + time_left;
        sink.text.clear();
        auto outcome = run_on(context, painter.paint({std::move(order), deadline}, sink));
        if (!outcome) {
            EXPECT_FALSE(outcome.error().detail.contains(kKey.substr(7, 8)));
            EXPECT_FALSE(outcome.error().code.contains("canary"));
        }
        return outcome;
    }

    std::chrono::milliseconds slow_window = 10s;
    boost::asio::io_context context;
    BeastHttpClient http;
    HastyClock clock;
    SeededRandom random;
    RecordingSink sink;
    std::chrono::milliseconds time_left = 10s;
    int calls = 0;
    ReceivedRequest last;
};

inline void expect_error(const Result<Painted>& outcome, ErrorKind kind, std::string_view code) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, kind) << outcome.error().detail;
    EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
}

inline void expect_bad_answer(const Result<Painted>& outcome) {
    expect_error(outcome, ErrorKind::BadUpstream, "painter.bad_answer");
}

}  // namespace imagify::testing
