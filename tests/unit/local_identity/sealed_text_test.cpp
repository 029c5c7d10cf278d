#include "adapters/local_identity/sealed_text.hpp"

#include <gtest/gtest.h>

#include "base/base64url.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

const Secret kKey(std::string(32, 'k'));
constexpr std::string_view kText = "twenty bytes secret!";

TEST(SealedText, OpensWithItsKeyInItsContext) {
    SeededRandom random;
    for (const auto& text : {std::string(), std::string(kText), std::string(1'000, '\0')}) {
        EXPECT_EQ(unseal(kKey, seal(kKey, text, "u_1", random), "u_1"), text);
    }
}

TEST(SealedText, SaysNothingOfItsText) {
    SeededRandom random;
    const auto first = seal(kKey, kText, "u_1", random);
    const auto second = seal(kKey, kText, "u_1", random);

    EXPECT_NE(first, second);
    EXPECT_FALSE(base64url_decode(first)->contains(kText.substr(0, 4)));
}

TEST(SealedText, StaysShutWithAnotherKeyOrContext) {
    SeededRandom random;
    const auto sealed = seal(kKey, kText, "u_1", random);

    EXPECT_FALSE(unseal(Secret(std::string(31, 'k') + "l"), sealed, "u_1"));
    for (const auto* context : {"u_2", "", "u_", "u_11"}) {
        EXPECT_FALSE(unseal(kKey, sealed, context)) << context;
    }
}

TEST(SealedText, EveryBitCounts) {
    SeededRandom random;
    const auto bytes = *base64url_decode(seal(kKey, kText, "u_1", random));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto changed = bytes;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(unseal(kKey, base64url_encode(changed), "u_1")) << bit;
    }
}

TEST(SealedText, EveryTruncationAndAdditionIsSeen) {
    SeededRandom random;
    const auto sealed = seal(kKey, kText, "u_1", random);
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        EXPECT_FALSE(unseal(kKey, sealed.substr(0, length), "u_1")) << length;
        EXPECT_FALSE(unseal(kKey, sealed.substr(sealed.size() - length), "u_1")) << length;
    }
    EXPECT_FALSE(unseal(kKey, sealed + "AAAA", "u_1"));
    EXPECT_FALSE(unseal(kKey, "no base64 at all", "u_1"));
}

}  // namespace
}  // namespace imagify::testing
