#include "transport/lambda/event.hpp"

#include <gtest/gtest.h>

#include "unit/lambda/events.hpp"

namespace imagify::lambda {
namespace {

std::string code_of(const std::string& text) {
    const auto event = read_event(text);
    return event ? "" : event.error().code;
}

// A schedule of exactly that size.
std::string event_of(std::size_t bytes) {
    const std::string start = R"({"imagify":"reap","x":")";
    return start + std::string(bytes - start.size() - 2, 'x') + "\"}";
}

}  // namespace

TEST(EventTest, QueueBringsRecords) {
    const auto event = read_event(recorded("sqs.json"));

    ASSERT_TRUE(event);
    const auto& records = std::get<QueueEvent>(*event).records;
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].message_id, "m-1");
    EXPECT_EQ(records[0].body, "first");
    EXPECT_EQ(records[2].body, "third");
}

TEST(EventTest, RuleAsksForAllTasks) {
    const auto event = read_event(recorded("schedule.json"));

    ASSERT_TRUE(event);
    EXPECT_EQ(std::get<ScheduledEvent>(*event).task, "");
}

TEST(EventTest, InputOfARuleNamesATask) {
    const auto event = read_event(R"({"imagify":"reap"})");

    ASSERT_TRUE(event);
    EXPECT_EQ(std::get<ScheduledEvent>(*event).task, "reap");
}

TEST(EventTest, WhatIsNoObjectIsMalformed) {
    for (const auto* text : {"", "[]", "1", "{", R"({"a":1}x)", "null", R"({"Records":[1]})"}) {
        EXPECT_EQ(code_of(text), "event.malformed") << text;
    }
}

TEST(EventTest, OtherServicesAreNamedInTheRefusal) {
    const auto event = read_event(R"({"Records":[{"eventSource":"aws:s3"}]})");

    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, "event.unknown");
    EXPECT_TRUE(event.error().detail.contains("aws:s3"));
    EXPECT_EQ(code_of("{}"), "event.unknown");
    EXPECT_EQ(code_of(R"({"source":"aws.ec2"})"), "event.unknown");
}

TEST(EventTest, SizeHasALimit) {
    EXPECT_EQ(code_of(event_of(kEventMaxBytes)), "");
    EXPECT_EQ(code_of(event_of(kEventMaxBytes + 1)), "event.too_large");
}

}  // namespace imagify::lambda
