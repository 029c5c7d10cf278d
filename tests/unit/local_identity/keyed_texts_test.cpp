#include "adapters/local_identity/keyed_texts.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

const Secret kPresent(std::string(32, 'p'));
const Secret kFormer(std::string(32, 'f'));

/// Calls `refuse` with every text that differs from `text` in one byte, is cut, or is longer.
void for_each_forgery(const std::string& text, const std::function<void(const std::string&)>& use) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (int byte = 0; byte < 256; ++byte) {
            auto forged = text;
            forged[i] = static_cast<char>(byte);
            if (forged != text) use(forged);
        }
        use(text.substr(0, i));
        use(text.substr(i + 1));
        use(text.substr(0, i) + text[i] + text.substr(i));
    }
    for (const auto* more : {"=", "A", " ", "\n", ".", "%00"}) {
        use(text + more);
        use(more + text);
    }
}

class KeyedTextsTest : public ::testing::Test {
protected:
    FakeClock clock;
    SeededRandom random;
    HmacLinkTokens links{{kPresent}};
    HmacDeviceTokens devices{{kPresent}, clock, random};
};

TEST_F(KeyedTextsTest, LinkIsReadFromItsOwnTextAlone) {
    const LinkId id(new_ulid("l_", clock, random));
    const auto text = links.text_of(id);

    EXPECT_EQ(links.read(text), id);
    EXPECT_EQ(text.size(), 69U);
    EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789-_"),
              std::string::npos);
    for_each_forgery(
        text, [&](const std::string& forged) { EXPECT_FALSE(links.read(forged)) << forged; });
}

TEST_F(KeyedTextsTest, LinkOfAFormerKeyStillCountsUntilTheKeyIsGone) {
    const LinkId id(new_ulid("l_", clock, random));
    const auto text = HmacLinkTokens({kFormer}).text_of(id);

    EXPECT_EQ(HmacLinkTokens({kPresent, kFormer}).read(text), id);
    EXPECT_FALSE(links.read(text));
    EXPECT_EQ(HmacLinkTokens({kPresent, kFormer}).text_of(id), links.text_of(id));
}

TEST_F(KeyedTextsTest, DeviceIsKnownForItsUserAlone) {
    const UserId an("u_an");
    const auto token = devices.issue(an);

    EXPECT_TRUE(devices.device_of(an, token));
    EXPECT_EQ(devices.device_of(an, token), devices.device_of(an, token));
    EXPECT_NE(devices.device_of(an, devices.issue(an)), devices.device_of(an, token));
    EXPECT_FALSE(devices.device_of(UserId("u_bo"), token));
    EXPECT_FALSE(devices.device_of(UserId("u_a"), token));
    EXPECT_FALSE(devices.device_of(an, ""));
    for_each_forgery(token, [&](const std::string& forged) {
        EXPECT_FALSE(devices.device_of(an, forged)) << forged;
    });
}

TEST_F(KeyedTextsTest, DeviceOfAFormerKeyStillCountsUntilTheKeyIsGone) {
    const UserId an("u_an");
    const auto token = HmacDeviceTokens({kFormer}, clock, random).issue(an);

    EXPECT_TRUE(HmacDeviceTokens({kPresent, kFormer}, clock, random).device_of(an, token));
    EXPECT_FALSE(devices.device_of(an, token));
}

TEST_F(KeyedTextsTest, TextOfOnePurposeIsNothingForAnother) {
    const UserId an("u_an");
    const LinkId id(new_ulid("l_", clock, random));

    EXPECT_FALSE(links.read(devices.issue(an)));
    EXPECT_FALSE(devices.device_of(an, links.text_of(id)));
}

TEST_F(KeyedTextsTest, MarkOfAnAddressIsTheSameForAllItsSpellings) {
    const HmacEmailMarks marks({kPresent});
    const auto mark = marks.marks_of(*Email::parse("an@example.vn")).front();

    EXPECT_EQ(marks.marks_of(*Email::parse("AN@Example.VN")).front(), mark);
    EXPECT_NE(marks.marks_of(*Email::parse("bo@example.vn")).front(), mark);
    EXPECT_FALSE(mark.contains("an"));
    const auto rotated =
        HmacEmailMarks({kFormer, kPresent}).marks_of(*Email::parse("an@example.vn"));
    ASSERT_EQ(rotated.size(), 2U);
    EXPECT_NE(rotated.front(), mark);
    EXPECT_EQ(rotated.back(), mark);
}

}  // namespace
}  // namespace imagify::testing
