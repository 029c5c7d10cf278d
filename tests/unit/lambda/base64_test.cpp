#include "transport/lambda/base64.hpp"

#include <gtest/gtest.h>

namespace imagify::lambda {
namespace {

// RFC 4648, 10.
constexpr std::pair<const char*, const char*> kVectors[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};

}  // namespace

TEST(Base64Test, KnowsTheVectorsOfTheRfc) {
    for (const auto& [bytes, text] : kVectors) {
        EXPECT_EQ(base64_encode(bytes), text);
        EXPECT_EQ(base64_decode(text), bytes);
    }
}

TEST(Base64Test, RefusesWhatIsNotExactlyBase64) {
    for (const auto* text : {"Zg=", "Zg", "Z===", "====", "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm-_",
                             "Zm9vYg==\n", "=m9v"}) {
        EXPECT_EQ(base64_decode(text), std::nullopt) << text;
    }
}

RC_GTEST_PROP(Base64Test, WhatIsWrittenIsReadAgain, (const std::string& bytes)) {
    RC_ASSERT(base64_decode(base64_encode(bytes)) == bytes);
}

}  // namespace imagify::lambda
