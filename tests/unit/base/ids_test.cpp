#include "base/ids.hpp"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>

#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

/// Every byte has the same value.
class ConstantRandom final : public Random {
public:
    explicit ConstantRandom(std::byte value) : value_(value) {}
    void fill(std::span<std::byte> bytes) override { std::ranges::fill(bytes, value_); }

private:
    std::byte value_;
};

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

TEST(UlidTest, HasItsPrefixAnd26CharactersOfCrockford) {
    const FakeClock clock;
    SeededRandom random;

    for (const std::string_view prefix : {"", "u_", "p_"}) {
        const auto ulid = new_ulid(prefix, clock, random);

        ASSERT_EQ(ulid.size(), prefix.size() + 26);
        EXPECT_TRUE(ulid.starts_with(prefix));
        EXPECT_EQ(ulid.find_first_not_of(kCrockford, prefix.size()), std::string::npos) << ulid;
        EXPECT_TRUE(is_ulid(ulid, prefix));
    }
}

TEST(UlidTest, EncodesTimeThenEntropyByTheSpecification) {
    FakeClock clock;
    clock.advance(std::chrono::milliseconds(1'469'918'176'385 - to_unix_ms(clock.now())));
    ConstantRandom zeros(std::byte{0});
    ConstantRandom ones(std::byte{0xff});

    // github.com/ulid/spec: 1469918176385 ms is "01ARYZ6S41".
    EXPECT_EQ(new_ulid("", clock, zeros), "01ARYZ6S410000000000000000");
    EXPECT_EQ(new_ulid("", clock, ones), "01ARYZ6S41ZZZZZZZZZZZZZZZZ");
}

TEST(UlidTest, SortsByTimeWhateverTheEntropy) {
    FakeClock clock;
    ConstantRandom high(std::byte{0xff});
    ConstantRandom low(std::byte{0});

    for (int i = 0; i < 2'000; ++i) {
        const auto earlier = new_ulid("", clock, high);
        clock.advance(std::chrono::milliseconds(1));
        ASSERT_LT(earlier, new_ulid("", clock, low));
    }
}

TEST(UlidTest, HundredThousandOfOneMillisecondAreDifferent) {
    const FakeClock clock;
    SeededRandom random;
    std::unordered_set<std::string> seen;

    for (int i = 0; i < 100'000; ++i) seen.insert(new_ulid("", clock, random));

    EXPECT_EQ(seen.size(), 100'000U);
}

TEST(UlidTest, IsUlidRefusesWhatNewUlidCannotMake) {
    const FakeClock clock;
    SeededRandom random;
    const auto good = new_ulid("u_", clock, random);

    EXPECT_TRUE(is_ulid(good, "u_"));
    EXPECT_FALSE(is_ulid("", "u_"));
    EXPECT_FALSE(is_ulid("", ""));
    EXPECT_FALSE(is_ulid(good, ""));
    EXPECT_FALSE(is_ulid(good, "p_"));
    EXPECT_FALSE(is_ulid(good + "0", "u_"));
    EXPECT_FALSE(is_ulid(good.substr(0, good.size() - 1), "u_"));
    for (const char c : std::string_view("ILOUa-/ %\0\xff", 11)) {
        auto bad = good;
        bad.back() = c;
        EXPECT_FALSE(is_ulid(bad, "u_")) << static_cast<int>(c);
    }
    // 48 bits of time: the first of ten characters carries three of them.
    EXPECT_TRUE(is_ulid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", ""));
    EXPECT_FALSE(is_ulid("80000000000000000000000000", ""));
}

TEST(IdTest, ComparesByText) {
    EXPECT_EQ(UserId("a"), UserId("a"));
    EXPECT_LT(UserId("a"), UserId("b"));
    EXPECT_TRUE(UserId().empty());
    static_assert(!std::is_convertible_v<UserId, OrderId>);
    static_assert(!std::is_convertible_v<std::string, UserId>);
}

TEST(UuidTest, BecomesAnIdOfOursAndBack) {
    for (const auto* uuid :
         {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "8a1b6c9e-0f00-4abc-8def-123456789abc"}) {
        const auto id = ulid_of_uuid("u_", uuid);
        ASSERT_TRUE(id) << uuid;
        EXPECT_TRUE(is_ulid(*id, "u_")) << *id;
        EXPECT_EQ(uuid_of_ulid(*id, "u_"), uuid);
    }
    EXPECT_EQ(ulid_of_uuid("", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"),
              "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    for (const auto* text :
         {"", "8a1b6c9e0f004abc8def123456789abc", "8a1b6c9e-0f00-4abc-8def-123456789abg",
          "8a1b6c9e-0f00-4abc-8def-123456789ab", "8a1b6c9e-0f00-4abc-8def-123456789abcd",
          "8a1b6c9e_0f00-4abc-8def-123456789abc"}) {
        EXPECT_FALSE(ulid_of_uuid("", text)) << text;
    }
}

}  // namespace imagify::testing
