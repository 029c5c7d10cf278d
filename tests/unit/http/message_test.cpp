#include "transport/http/message.hpp"

#include <gtest/gtest.h>

namespace imagify::http {

TEST(HeadersTest, NamesHaveNoCaseAndTheFirstValueIsGiven) {
    Headers headers;
    headers.add("X-One", "1");
    headers.add("x-one", "2");

    EXPECT_EQ(headers.get("X-ONE"), "1");
    EXPECT_EQ(headers.count("x-One"), 2U);
    EXPECT_EQ(headers.get("X-On"), "");
    EXPECT_EQ(headers.get("X-One2"), "");
    EXPECT_EQ(headers.count("absent"), 0U);
}

TEST(HeadersTest, LettersOnlyHaveCase) {
    Headers headers;
    headers.add("A[", "1");

    // '[' and '{' differ in the bit that makes letters small.
    EXPECT_EQ(headers.get("a["), "1");
    EXPECT_EQ(headers.get("A{"), "");
}

TEST(HeadersTest, SetReplacesEveryFieldOfThatName) {
    Headers headers;
    headers.add("Via", "a");
    headers.add("Age", "1");
    headers.add("via", "b");

    headers.set("VIA", "c");

    EXPECT_EQ(headers.count("via"), 1U);
    EXPECT_EQ(headers.get("Via"), "c");
    EXPECT_EQ(headers.size(), 2U);
}

}  // namespace imagify::http
