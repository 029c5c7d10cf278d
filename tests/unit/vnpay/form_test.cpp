#include "adapters/vnpay/form.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace imagify::vnpay {
namespace {

RC_GTEST_PROP(Form, ParsingNeverCrashesAndYieldsOnlyOurFields, (const std::string& raw)) {
    const auto fields = parse_form(raw, kFieldPrefix);
    if (!fields) return;
    for (const auto& [name, value] : *fields) RC_ASSERT(name.starts_with(kFieldPrefix));
}

RC_GTEST_PROP(Form, CanonicalIsReadBack, (const std::vector<std::string>& values)) {
    Fields fields;
    for (std::size_t i = 0; i < values.size() && i < 20; ++i) {
        if (values[i].contains('\0') || values[i].empty()) continue;
        fields.emplace("vnp_" + std::to_string(i) + values[i].substr(0, 3),
                       values[i].substr(0, 50));
    }
    RC_ASSERT(parse_form(canonical(fields), kFieldPrefix) == fields);
}

TEST(ParseForm, SkipsOtherNamesWithTheirValues) {
    const auto fields = parse_form("order=5&vnp_A=1&order=%zz&VNP_A=2&&x", kFieldPrefix);

    EXPECT_EQ(fields, (Fields{{"vnp_A", "1"}}));
}

TEST(ParseForm, ComparesDecodedNames) {
    EXPECT_EQ(parse_form("%76np_A=1", kFieldPrefix), (Fields{{"vnp_A", "1"}}));
    EXPECT_FALSE(parse_form("vnp_A=1&%76np_A=1", kFieldPrefix).has_value());
}

TEST(ParseForm, RefusesARepeatedField) {
    EXPECT_FALSE(parse_form("vnp_A=1&vnp_A=1", kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form("vnp_A=&vnp_A", kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form("vnp_SecureHashType=a&vnp_SecureHashType=b", kFieldPrefix).has_value());
}

TEST(ParseForm, RefusesBrokenEscapesInNamesAndValues) {
    EXPECT_FALSE(parse_form("vnp_A=%4", kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form("vnp_%=1", kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form("%zz=1&vnp_A=1", kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form("vnp_A=a%00", kFieldPrefix).has_value());
}

TEST(ParseForm, KeepsEverythingAfterTheFirstEqualsSign) {
    EXPECT_EQ(parse_form("vnp_A=b=c", kFieldPrefix), (Fields{{"vnp_A", "b=c"}}));
    EXPECT_EQ(parse_form("vnp_A", kFieldPrefix), (Fields{{"vnp_A", ""}}));
}

TEST(ParseForm, TakesTheLimitAndNotOneMore) {
    const std::string longest = "vnp_A=" + std::string(kMaxQueryBytes - 6, 'a');
    EXPECT_TRUE(parse_form(longest, kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form(longest + "a", kFieldPrefix).has_value());

    std::string most;
    for (std::size_t i = 0; i < kMaxQueryParameters; ++i) most += "x=1&";
    EXPECT_TRUE(parse_form(most, kFieldPrefix).has_value());
    EXPECT_FALSE(parse_form(most + "x=1", kFieldPrefix).has_value());
}

TEST(Canonical, LeavesOutTheSignatureAndEmptyValues) {
    const Fields fields{{"vnp_SecureHash", "x"},
                        {"vnp_SecureHashType", "y"},
                        {"vnp_a", "1"},
                        {"vnp_B", "2"},
                        {"vnp_z", ""}};

    EXPECT_EQ(canonical(fields), "vnp_B=2&vnp_a=1");
    EXPECT_EQ(canonical({}), "");
}

}  // namespace
}  // namespace imagify::vnpay
