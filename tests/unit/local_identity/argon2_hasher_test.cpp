#include "adapters/local_identity/argon2_hasher.hpp"
#include "base/log.hpp"

#include <gtest/gtest.h>

#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

using namespace std::string_view_literals;

// Cheap, so that the tests are quick; the form does not depend on the cost.
constexpr Argon2Cost kCheap{.memory_kib = 64, .passes = 1};

/// "$argon2id$v=19$m=64,t=1,p=1": everything that decides how long a check takes.
std::string cost_of(const std::string& hash) {
    std::size_t end = 0;
    for (int dollars = 0; dollars < 4; ++dollars) end = hash.find('$', end) + 1;
    return hash.substr(0, end);
}

}  // namespace

class Argon2HasherTest : public ::testing::Test {
protected:
    SeededRandom random;
    Argon2Hasher hasher{kCheap, random};
};

TEST_F(Argon2HasherTest, VerifiesThePasswordAndNoOther) {
    const auto hash = hasher.hash("correct horse");

    EXPECT_TRUE(hasher.verify("correct horse", hash));
    for (const auto wrong :
         {""sv, "correct hors"sv, "correct horse "sv, "Correct horse"sv, "correct horse\0"sv}) {
        EXPECT_FALSE(hasher.verify(wrong, hash)) << wrong;
    }
}

TEST_F(Argon2HasherTest, TakesEveryByteOfALongOrForeignPassword) {
    const std::string long_one(128, 'x');
    const auto hash = hasher.hash(long_one);

    EXPECT_TRUE(hasher.verify(long_one, hash));
    EXPECT_FALSE(hasher.verify(std::string(127, 'x'), hash));
    EXPECT_FALSE(hasher.verify(std::string(127, 'x') + "y", hash));
    EXPECT_TRUE(hasher.verify("mật khẩu 🎨", hasher.hash("mật khẩu 🎨")));
}

TEST_F(Argon2HasherTest, SaltMakesEveryHashDifferent) {
    EXPECT_NE(hasher.hash("same"), hasher.hash("same"));
}

TEST_F(Argon2HasherTest, HashSaysItsCost) {
    EXPECT_EQ(cost_of(hasher.hash("x")), "$argon2id$v=19$m=64,t=1,p=1$");
    EXPECT_EQ(cost_of(Argon2Hasher({}, random).decoy()), "$argon2id$v=19$m=19456,t=2,p=1$");
}

TEST_F(Argon2HasherTest, VerifiesAHashOfAnotherCost) {
    Argon2Hasher dearer({.memory_kib = 128, .passes = 2}, random);

    EXPECT_TRUE(hasher.verify("moved house", dearer.hash("moved house")));
}

TEST_F(Argon2HasherTest, DecoyCostsTheSameAndHasNoPassword) {
    const auto& decoy = hasher.decoy();

    ::testing::internal::CaptureStderr();
    for (const auto* guess : {"", "password", "decoy", "12345678"}) {
        EXPECT_FALSE(hasher.verify(guess, decoy));
    }
    // A decoy that cannot be parsed would be refused at once, which is what it must not be.
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(cost_of(decoy), cost_of(hasher.hash("x")));
    EXPECT_EQ(decoy.size(), hasher.hash("x").size());
    EXPECT_NE(decoy, Argon2Hasher(kCheap, random).decoy());
}

TEST_F(Argon2HasherTest, VerifiesBcryptOfImportedAccounts) {
    // OpenBSD's test vector; $2a$, $2b$ and $2y$ agree on short ASCII.
    constexpr std::string_view kTail = "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    for (const auto version : {"$2a$", "$2b$", "$2y$"}) {
        const auto hash = version + std::string(kTail);

        EXPECT_TRUE(hasher.verify("U*U", hash)) << hash;
        EXPECT_FALSE(hasher.verify("U*U*", hash));
        EXPECT_FALSE(hasher.verify("", hash));
    }
}

TEST_F(Argon2HasherTest, RefusesAHashThatIsBroken) {
    const auto good = hasher.hash("x");
    ::testing::internal::CaptureStderr();

    for (const auto& broken :
         {std::string(), std::string("plain"), std::string("$2b$"), std::string("$2b$05$short"),
          std::string("$argon2id$"), good.substr(0, good.size() - 1), good + "A",
          "$argon2i" + good.substr(9), std::string("*0"), std::string("*1")}) {
        EXPECT_FALSE(hasher.verify("x", broken)) << broken;
        EXPECT_FALSE(hasher.verify("", broken)) << broken;
    }

    flush_log();
    const auto log = ::testing::internal::GetCapturedStderr();
    EXPECT_TRUE(log.contains("password.verify_failed"));
    EXPECT_FALSE(log.contains(good.substr(good.size() - 20)));
}

}  // namespace imagify::testing
