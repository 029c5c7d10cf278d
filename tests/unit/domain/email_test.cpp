#include <gtest/gtest.h>

#include <string>

#include "domain/account.hpp"

namespace imagify {
namespace {

using namespace std::string_view_literals;

std::string of_size(std::size_t count, char c) { return std::string(count, c); }

}  // namespace

TEST(EmailTest, TakesAddressesInTheirNormalForm) {
    struct Row {
        std::string_view given;
        std::string_view normal;
    };
    for (const auto& [given, normal] : std::initializer_list<Row>{
             {"an@example.vn", "an@example.vn"},
             {"An.Nguyen+Imagify@Example.VN", "an.nguyen+imagify@example.vn"},
             {"A@B.CD", "a@b.cd"},
             {"a!#$%&'*+-/=?^_`{|}~z@example.com", "a!#$%&'*+-/=?^_`{|}~z@example.com"},
             {"1@2.3", "1@2.3"},
             {"x@a-b.co.uk", "x@a-b.co.uk"},
             {"x@xn--vit-8ma.vn", "x@xn--vit-8ma.vn"},
         }) {
        const auto email = Email::parse(given);
        ASSERT_TRUE(email) << given;
        EXPECT_EQ(email->text(), normal);
    }
}

TEST(EmailTest, SpellingsOfOneAddressAreEqual) {
    EXPECT_EQ(Email::parse("AN@EXAMPLE.VN"), Email::parse("an@example.vn"));
    EXPECT_NE(Email::parse("an@example.vn"), Email::parse("a.n@example.vn"));
}

TEST(EmailTest, RefusesWhatIsNoAddress) {
    for (const auto text : {""sv,
                            "@"sv,
                            "a"sv,
                            "a@"sv,
                            "@b.c"sv,
                            "a@b"sv,
                            "a@b."sv,
                            "a@.b"sv,
                            "a@b..c"sv,
                            "a@b.c."sv,
                            ".a@b.c"sv,
                            "a.@b.c"sv,
                            "a..b@b.c"sv,
                            "a@b@c.d"sv,
                            "a b@c.d"sv,
                            " a@b.c"sv,
                            "a@b.c "sv,
                            "a@b.c\n"sv,
                            "a@b.c\r\nBcc: x@y.z"sv,
                            "\"a b\"@c.d"sv,
                            "a@[127.0.0.1]"sv,
                            "a@-b.c"sv,
                            "a@b-.c"sv,
                            "a@b_c.d"sv,
                            "a,b@c.d"sv,
                            "<a@b.c>"sv,
                            "a@b.c\0"sv,
                            "a\0@b.c"sv,
                            "a(b)@c.d"sv,
                            "a;b@c.d"sv,
                            "a:b@c.d"sv,
                            "a\\b@c.d"sv,
                            "a@b.c\x7f"sv}) {
        EXPECT_FALSE(Email::parse(text)) << text;
    }
}

TEST(EmailTest, RefusesLookAlikesOutsideAscii) {
    for (const auto text : {
             "adm\u0131n@example.com"sv,  // Dotless i.
             "\u212Aim@example.com"sv,    // Kelvin sign, whose lower case is k.
             "\u0430n@example.com"sv,     // Cyrillic a.
             "an@ex\u0430mple.com"sv,     // In the domain.
             "an\uFF20example.com"sv,     // Fullwidth commercial at.
             "an@example\u3002com"sv,     // Ideographic full stop.
             "an@exa\u00ADmple.com"sv,    // Soft hyphen.
             "a\u200Bn@example.com"sv,    // Zero width space.
             "nguy\u1EC5n@example.vn"sv,
             "an@example.com\xff"sv,
         }) {
        EXPECT_FALSE(Email::parse(text)) << text;
    }
}

TEST(EmailTest, LocalPartHas64BytesAndNoMore) {
    EXPECT_TRUE(Email::parse(of_size(64, 'a') + "@b.vn"));
    EXPECT_FALSE(Email::parse(of_size(65, 'a') + "@b.vn"));
}

TEST(EmailTest, LabelHas63BytesAndNoMore) {
    EXPECT_TRUE(Email::parse("a@" + of_size(63, 'b') + ".vn"));
    EXPECT_FALSE(Email::parse("a@" + of_size(64, 'b') + ".vn"));
    EXPECT_TRUE(Email::parse("a@b." + of_size(63, 'c')));
    EXPECT_FALSE(Email::parse("a@b." + of_size(64, 'c')));
}

TEST(EmailTest, AddressHas254BytesAndNoMore) {
    const auto of_length = [](std::size_t length) {
        auto text = of_size(64, 'a') + "@" + of_size(63, 'b') + "." + of_size(63, 'c') + ".";
        return text + of_size(length - text.size() - 3, 'd') + ".vn";
    };

    ASSERT_EQ(of_length(254).size(), 254U);
    EXPECT_TRUE(Email::parse(of_length(254)));
    EXPECT_FALSE(Email::parse(of_length(255)));
}

}  // namespace imagify
