#include "base/log.hpp"
#include "unit/clipdrop/clipdrop_fixture.hpp"

namespace imagify::testing {
namespace {

std::string error_answer(int status, Headers headers = {}, std::string_view message = "Sorry") {
    headers.emplace_back("Content-Type", "application/json");
    return make_answer(status, headers, "{\"error\":\"" + std::string(message) + "\"}");
}

TEST_F(ClipdropTest, APictureGoesIntoTheSink) {
    const auto painted =
        paint({png_answer({{"x-credits-consumed", "1"}, {"x-remaining-credits", "99"}})});

    ASSERT_TRUE(painted) << painted.error().detail;
    EXPECT_EQ(painted->engine, "clipdrop");
    EXPECT_EQ(painted->cost, 1);
    EXPECT_TRUE(sink.text == some_png());
    EXPECT_EQ(calls, 1);
}

TEST_F(ClipdropTest, AsksAsClipdropWantsIt) {
    ASSERT_TRUE(paint({png_answer()}));

    EXPECT_TRUE(last.head.starts_with("POST /text-to-image/v1 HTTP/1.1\r\n"));
    EXPECT_TRUE(last.head.contains("\r\nx-api-key: " + std::string(kKey) + "\r\n"));
    EXPECT_TRUE(last.head.contains("\r\nAccept: image/png\r\n"));
    EXPECT_TRUE(last.head.contains("\r\nContent-Type: multipart/form-data; boundary="));
}

TEST_F(ClipdropTest, CostMayBeAFraction) {
    struct Case {
        std::string header;
        double cost;
    };
    for (const auto& one : {Case{"0.5", 0.5}, Case{"2", 2}, Case{"0", 0}, Case{"-1", 1},
                            Case{"nan", 1}, Case{"1e99", 1}, Case{"lots", 1}, Case{"", 1}}) {
        const auto painted = paint({png_answer({{"X-Credits-Consumed", one.header}})});
        ASSERT_TRUE(painted);
        EXPECT_EQ(painted->cost, one.cost) << one.header;
    }
    EXPECT_EQ(paint({png_answer()})->cost, 1);
}

struct Row {
    int status;
    ErrorKind kind;
    std::string_view code;
    int calls = 1;
};

TEST_F(ClipdropTest, EveryRefusalHasItsMeaning) {
    for (const auto& row : {
             Row{400, ErrorKind::Refused, "prompt.refused"},
             Row{401, ErrorKind::NoUpstreamCredit, "painter.no_upstream_credit"},
             Row{402, ErrorKind::NoUpstreamCredit, "painter.no_upstream_credit"},
             Row{403, ErrorKind::NoUpstreamCredit, "painter.no_upstream_credit"},
             Row{404, ErrorKind::BadUpstream, "painter.bad_answer"},
             Row{406, ErrorKind::BadUpstream, "painter.bad_answer"},
             Row{413, ErrorKind::Refused, "prompt.refused"},
             Row{422, ErrorKind::Refused, "prompt.refused"},
             Row{429, ErrorKind::RateLimited, "painter.rate_limited"},
             Row{500, ErrorKind::Unavailable, "painter.unavailable", 2},
             Row{502, ErrorKind::Unavailable, "painter.unavailable", 2},
             Row{503, ErrorKind::Unavailable, "painter.unavailable", 2},
             Row{204, ErrorKind::BadUpstream, "painter.bad_answer"},
             Row{302, ErrorKind::BadUpstream, "painter.bad_answer"},
         }) {
        SCOPED_TRACE(row.status);
        const auto outcome = paint({error_answer(row.status)});
        expect_error(outcome, row.kind, row.code);
        EXPECT_TRUE(
            outcome.error().detail.starts_with("ClipDrop answered " + std::to_string(row.status)));
        EXPECT_EQ(calls, row.calls);
        EXPECT_TRUE(sink.text.empty());
    }
}

TEST_F(ClipdropTest, APictureWithAnotherStatusIsNotTaken) {
    expect_bad_answer(paint({make_answer(201, {{"Content-Type", "image/png"}}, some_png())}));
    expect_bad_answer(paint({make_answer(206, {{"Content-Type", "image/png"}}, some_png())}));
}

TEST_F(ClipdropTest, RateLimitsSayWhenToComeBack) {
    const auto wait = [this](const Headers& headers) {
        return paint({error_answer(429, headers)}).error().retry_after;
    };
    EXPECT_EQ(wait({}), 10s);
    EXPECT_EQ(wait({{"Retry-After", "30"}}), 30s);
    EXPECT_EQ(wait({{"Retry-After", "0"}}), 0s);
    EXPECT_EQ(wait({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}), 37s);
    EXPECT_EQ(wait({{"Retry-After", "Sun, 06 Nov 1994 08:40:00 GMT"}}), 0s);
    EXPECT_EQ(wait({{"Retry-After", "999999999"}}), 1h);
    for (const auto* const nonsense :
         {"soon", "-5", "1.5", "", "99999999999999999999", "Sun, 66 Nov 1994 08:49:37 GMT",
          "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"}) {
        EXPECT_EQ(wait({{"Retry-After", nonsense}}), 10s) << nonsense;
    }
}

TEST_F(ClipdropTest, AServerErrorIsTriedOnceMore) {
    const auto painted = paint({error_answer(500), png_answer()});

    ASSERT_TRUE(painted) << painted.error().detail;
    EXPECT_TRUE(sink.text == some_png());
    EXPECT_EQ(calls, 2);
    ASSERT_EQ(clock.sleeps.size(), 1U);
    EXPECT_GE(clock.sleeps[0], 200ms);
    EXPECT_LT(clock.sleeps[0], 1s);
}

TEST_F(ClipdropTest, ALostAnswerIsTriedOnceMore) {
    EXPECT_TRUE(paint({"", png_answer()}));
    EXPECT_EQ(calls, 2);
}

TEST_F(ClipdropTest, NothingIsTriedAThirdTime) {
    expect_error(paint({"", error_answer(500), png_answer()}), ErrorKind::Unavailable,
                 "painter.unavailable");
    EXPECT_EQ(calls, 2);
}

TEST_F(ClipdropTest, WithoutTimeForAPictureNothingIsTriedAgain) {
    time_left = 4s;

    expect_error(paint({error_answer(500), png_answer()}), ErrorKind::Unavailable,
                 "painter.unavailable");
    EXPECT_EQ(calls, 1);
}

TEST_F(ClipdropTest, ARepeatComesWhenTheServerAsksForItOrNotAtAll) {
    EXPECT_TRUE(paint({error_answer(503, {{"Retry-After", "1"}}), png_answer()}));
    ASSERT_EQ(clock.sleeps.size(), 1U);
    EXPECT_GE(clock.sleeps[0], 1200ms);

    const auto outcome = paint({error_answer(503, {{"Retry-After", "120"}}), png_answer()});
    expect_error(outcome, ErrorKind::Unavailable, "painter.unavailable");
    EXPECT_EQ(outcome.error().retry_after, 120s);
    EXPECT_EQ(calls, 1);
}

TEST_F(ClipdropTest, WhatClipdropSaysIsInTheDetail) {
    EXPECT_EQ(paint({error_answer(400, {}, "No prompt provided")}).error().detail,
              "ClipDrop answered 400: No prompt provided");
    EXPECT_EQ(paint({error_answer(400, {}, "two\\nlines \\u0000")}).error().detail,
              "ClipDrop answered 400: two?lines ?");
    EXPECT_LT(paint({error_answer(400, {}, std::string(5'000, 'x'))}).error().detail.size(), 200U);
    for (const std::string body :
         {"", "{", "[]", "null", "{\"error\":{\"message\":\"x\"}}", "<html>"}) {
        EXPECT_EQ(paint({make_answer(400, {}, body)}).error().detail, "ClipDrop answered 400");
    }
}

TEST_F(ClipdropTest, NeitherKeyNorPromptReachesDetailOrLog) {
    const std::string key(kKey);
    ::testing::internal::CaptureStderr();

    for (const int status : {400, 401, 402, 403, 422, 429, 500}) {
        for (const auto& echo : {"Bad key " + key, "Key starts " + key.substr(0, 10),
                                 "Key ends " + key.substr(key.size() - 9),
                                 std::string("Refused: a very private prompt")}) {
            const auto outcome = paint({error_answer(status, {}, echo)}, "a very private prompt");
            EXPECT_EQ(outcome.error().detail, "ClipDrop answered " + std::to_string(status));
        }
    }
    EXPECT_TRUE(paint({png_answer({{"x-remaining-credits", "41.5"}})}, "a very private prompt"));
    EXPECT_TRUE(paint({png_answer({{"x-remaining-credits", key}})}, "a very private prompt"));

    flush_log();
    const auto log = ::testing::internal::GetCapturedStderr();
    EXPECT_TRUE(log.contains("\"painter.credits_left\""));
    EXPECT_TRUE(log.contains("41.5"));
    EXPECT_TRUE(log.contains("\"painter.account_refused\""));
    EXPECT_TRUE(log.contains("\"painter.repeated\""));
    EXPECT_FALSE(log.contains("canary"));
    EXPECT_FALSE(log.contains("private"));
}

}  // namespace
}  // namespace imagify::testing
