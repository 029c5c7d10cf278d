#include "transport/http/trace_context.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

constexpr auto kTrace = "0af7651916cd43dd8448eb211c80319c";

std::optional<TraceContext> read(std::initializer_list<std::string> values) {
    Headers headers;
    for (const auto& value : values) headers.add("Traceparent", value);
    return trace_context(headers);
}

}  // namespace

// The examples of the specification.
TEST(TraceContextTest, CallersTraceIsRead) {
    const auto trace = read({"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"});

    ASSERT_TRUE(trace);
    EXPECT_EQ(trace->trace_id, kTrace);
    EXPECT_EQ(trace->flags, "01");
}

TEST(TraceContextTest, LaterVersionMayAppendFields) {
    EXPECT_TRUE(read({"cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes"}));
    EXPECT_TRUE(read({"cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}));
    EXPECT_FALSE(read({"cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what"}));
}

TEST(TraceContextTest, WhatIsWrongIsNoTrace) {
    EXPECT_FALSE(read({}));
    for (const auto* wrong : {"", "00", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what",
                              "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                              "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                              "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                              "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                              "00-0af7651916cd43dd8448eb211c80319c\"b7ad6b7169203331-01"}) {
        EXPECT_FALSE(read({wrong})) << wrong;
    }
    const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    EXPECT_FALSE(read({good, good}));
}

TEST(TraceContextTest, ResponseNamesTheTraceAndThisRequest) {
    const TraceContext trace{.trace_id = kTrace, .flags = "01"};
    const auto one = trace_response(trace, "request-1");

    Headers headers;
    headers.add("traceparent", one);
    const auto read_back = trace_context(headers);
    ASSERT_TRUE(read_back);
    EXPECT_EQ(read_back->trace_id, kTrace);
    EXPECT_NE(one, trace_response(trace, "request-2"));
}

}  // namespace imagify::http
