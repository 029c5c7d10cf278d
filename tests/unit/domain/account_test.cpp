#include "domain/account.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "domain/common_passwords.hpp"

namespace imagify {
namespace {

using namespace std::string_view_literals;

std::string repeat(std::string_view text, std::size_t times) {
    std::string repeated;
    for (std::size_t i = 0; i < times; ++i) repeated += text;
    return repeated;
}

std::string problem_of(std::string_view password) {
    return password_problem(password, *Email::parse("nguyen.an@example.vn")).value_or("");
}

}  // namespace

TEST(PasswordTest, HasAtLeast8CodePoints) {
    EXPECT_EQ(problem_of(""), "too_short");
    EXPECT_EQ(problem_of("xk3!fq9"), "too_short");
    EXPECT_EQ(problem_of("xk3!fq9z"), "");
    // Seven characters of four bytes each are seven characters.
    EXPECT_EQ(problem_of(repeat("🎨", 7)), "too_short");
    EXPECT_EQ(problem_of(repeat("🎨", 8)), "");
}

TEST(PasswordTest, HasAtMost128Bytes) {
    EXPECT_EQ(problem_of(std::string(128, 'x')), "");
    EXPECT_EQ(problem_of(std::string(129, 'x')), "too_long");
    EXPECT_EQ(problem_of(repeat("🎨", 32)), "");
    EXPECT_EQ(problem_of(repeat("🎨", 32) + "x"), "too_long");
}

TEST(PasswordTest, IsUtf8WithoutNul) {
    EXPECT_EQ(problem_of("caf\xe9 au lait"), "invalid");
    EXPECT_EQ(problem_of("before\0after"sv), "invalid");
    EXPECT_EQ(problem_of("mật khẩu của tôi"), "");
    EXPECT_EQ(problem_of("tab\tand\nline"), "");
}

TEST(PasswordTest, IsNotTheAddressInAnyCase) {
    EXPECT_EQ(problem_of("nguyen.an@example.vn"), "same_as_email");
    EXPECT_EQ(problem_of("Nguyen.An@Example.VN"), "same_as_email");
    EXPECT_EQ(problem_of("nguyen.an@example.vn1"), "");
}

TEST(PasswordTest, IsNotOneOfTheCommonOnesInAnyCase) {
    for (const auto common : {"password", "PassWord", "12345678", "QWERTYUIOP", "iloveyou",
                              "anhyeuem", "matkhau123", "00000000", "zxcvbnm123", "p@ssw0rd"}) {
        EXPECT_EQ(problem_of(common), "too_common") << common;
    }
    EXPECT_EQ(problem_of("password 4 me"), "");
}

TEST(CommonPasswordTest, KnowsEveryLineOfItsListAndNothingElse) {
    std::ifstream list(COMMON_PASSWORDS);
    std::set<std::string> lines;
    for (std::string line; std::getline(list, line);) lines.insert(line);
    EXPECT_GE(lines.size(), 3'000U);

    for (const auto& line : lines) {
        EXPECT_TRUE(is_common_password(line)) << line;
        EXPECT_EQ(is_common_password(line + "x"), lines.contains(line + "x")) << line;
        EXPECT_EQ(is_common_password(line.substr(1)), lines.contains(line.substr(1))) << line;
        EXPECT_EQ(line.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos) << line;
    }
    EXPECT_FALSE(is_common_password("\n"));
    EXPECT_FALSE(is_common_password(""));
    EXPECT_FALSE(is_common_password("passwor"));
    EXPECT_FALSE(is_common_password("passwordx"));
}

TEST(NameTest, HasAtMost100CodePoints) {
    EXPECT_EQ(name_problem(""), std::nullopt);
    EXPECT_EQ(name_problem("Nguyễn Văn An"), std::nullopt);
    EXPECT_EQ(name_problem(repeat("🎨", 100)), std::nullopt);
    EXPECT_EQ(name_problem(repeat("🎨", 101)), "too_long");
}

TEST(NameTest, HasNoControlCharactersAndIsUtf8) {
    for (const auto name : {"a\nb"sv, "a\tb"sv, "a\0b"sv, "a\x1b[0m"sv, "a\x7f"sv, "a\xff"sv}) {
        EXPECT_EQ(name_problem(name), "invalid");
    }
}

}  // namespace imagify
