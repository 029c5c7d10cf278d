#include "base/form_encoding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace imagify {
namespace {

TEST(FormEncodingTest, EncodesEveryByteOfPrintableAscii) {
    EXPECT_EQ(form_encode(" \"#$%&+,-./:;<=>?@[\\]^_`{|}"),
              "+%22%23%24%25%26%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D");
    EXPECT_EQ(form_encode("azAZ09*"), "azAZ09*");
    EXPECT_EQ(form_encode("đ"), "%C4%91");
}

TEST(FormEncodingTest, DecodesWhatOthersSend) {
    EXPECT_EQ(form_decode("a%20b+c%2bd:e"), "a b c+d:e");
    EXPECT_EQ(form_decode(""), "");
}

TEST(FormEncodingTest, RefusesBrokenEscapesAndNul) {
    for (const std::string_view text :
         {"%", "%2", "%zz", "%2g", "a%", "%-1", "%+1", "% 1", "%00", "%0x"}) {
        EXPECT_FALSE(form_decode(text).has_value()) << text;
    }
    EXPECT_FALSE(form_decode(std::string_view("a\0b", 3)).has_value());
}

RC_GTEST_PROP(FormEncodingTest, DecodingUndoesEncoding, (const std::string& text)) {
    RC_PRE(!text.contains('\0'));
    RC_ASSERT(form_decode(form_encode(text)) == text);
}

TEST(FormEncodingTest, DecodesByTable) {
    struct Row {
        std::string_view text;
        std::optional<std::string_view> decoded;
    };
    for (const auto& [text, decoded] : std::initializer_list<Row>{
             {"", ""},        {"plain-._~*", "plain-._~*"},
             {"a+b", "a b"},  {"a%20b", "a b"},
             {"%2B", "+"},    {"%2b", "+"},
             {"%25", "%"},    {"%2525", "%25"},
             {"%00", {}},     {"%c3%A9", "é"},
             {"%FF", "\xff"}, {"ch%E1%BB%A3", "chợ"},
             {"%", {}},       {"%4", {}},
             {"a%", {}},      {"%4g", {}},
             {"%g4", {}},     {"%%41", {}},
             {"% 41", {}},    {"%+1", {}},
             {"%-1", {}},     {"%0x", {}},
             {"%u0041", {}},
         }) {
        EXPECT_EQ(form_decode(text), decoded) << text;
    }
}

}  // namespace
}  // namespace imagify
