#include "adapters/local_identity/totp.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/local_identity/sealed_text.hpp"
#include "support/authenticator.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

using std::chrono::seconds;

const Secret kPresent(std::string(32, 'p'));
const Secret kFormer(std::string(32, 'f'));
const UserId kUser("u_1");

class TotpTest : public ::testing::Test {
protected:
    void set_clock(std::int64_t unix_seconds) {
        clock.advance(std::chrono::milliseconds(unix_seconds * 1'000 - to_unix_ms(clock.now())));
    }

    FakeClock clock;
    SeededRandom random;
    Totp totp{{kPresent}, clock, random};
};

TEST_F(TotpTest, MatchesTheVectorsOfRfc6238) {
    // Appendix B for SHA-1, of whose eight digits ours are the last six.
    struct Vector {
        std::int64_t time;
        const char* password;
    };
    const Vector vectors[] = {{59, "287082"},
                              {1'111'111'109, "081804"},
                              {1'111'111'111, "050471"},
                              {1'234'567'890, "005924"},
                              {2'000'000'000, "279037"},
                              {20'000'000'000, "353130"}};
    const auto key = derive_keys({kPresent}, "imagify one-time passwords").front();
    const auto sealed = seal(key, "12345678901234567890", kUser.text(), random);
    for (const auto& [time, password] : vectors) {
        set_clock(time);
        const auto match = totp.match(kUser, sealed, password);
        ASSERT_TRUE(match) << time;
        EXPECT_EQ(match->step, time / 30);
    }
}

TEST_F(TotpTest, TakesWhatAnAppShowsOneStepEarlyOrLateButNotTwo) {
    const auto secret = totp.new_secret(kUser, "an@example.vn");
    const auto now = clock.now();
    for (int step = -4; step <= 4; ++step) {
        const auto shown = one_time_password(secret.base32, now + step * seconds(30));
        const auto match = totp.match(kUser, secret.sealed, shown);
        EXPECT_EQ(match.has_value(), step >= -1 && step <= 1) << step;
        if (match) EXPECT_EQ(match->step, to_unix_ms(now) / 30'000 + step);
    }
}

TEST_F(TotpTest, TakesNothingButSixDigits) {
    const auto secret = totp.new_secret(kUser, "an@example.vn");
    const auto shown = one_time_password(secret.base32, clock.now());
    ASSERT_TRUE(totp.match(kUser, secret.sealed, shown));
    for (const auto& wrong :
         {std::string(), shown.substr(1), shown.substr(0, 5), "0" + shown, shown + "0", " " + shown,
          shown + std::string(1, '\0'), shown.substr(0, 5) + "\xd9\xa0", "+" + shown.substr(1),
          std::string(100'000, '0')}) {
        EXPECT_FALSE(totp.match(kUser, secret.sealed, wrong)) << wrong.substr(0, 10);
    }
}

TEST_F(TotpTest, HardlyAnyOfAMillionPasswordsIsRight) {
    const auto secret = totp.new_secret(kUser, "an@example.vn");
    int right = 0;
    for (int number = 0; number < 1'000'000; number += 37) {
        auto text = std::to_string(number);
        text.insert(0, 6 - text.size(), '0');
        if (totp.match(kUser, secret.sealed, text)) ++right;
    }
    EXPECT_LE(right, 3);
}

TEST_F(TotpTest, SecretOfAnotherPersonOrKeyDoesNotOpen) {
    const auto secret = totp.new_secret(kUser, "an@example.vn");
    const auto shown = one_time_password(secret.base32, clock.now());
    const Totp other({kFormer}, clock, random);

    EXPECT_FALSE(totp.match(UserId("u_2"), secret.sealed, shown));
    EXPECT_FALSE(other.match(kUser, secret.sealed, shown));
    EXPECT_FALSE(totp.match(kUser, "", shown));
    EXPECT_FALSE(totp.match(kUser, secret.base32, shown));
}

TEST_F(TotpTest, SecretOfAFormerKeyIsSealedAnew) {
    Totp before({kFormer}, clock, random);
    const Totp rotated({kPresent, kFormer}, clock, random);
    const auto secret = before.new_secret(kUser, "an@example.vn");
    const auto shown = one_time_password(secret.base32, clock.now());

    const auto resealed = rotated.reseal(kUser, secret.sealed);

    EXPECT_TRUE(rotated.match(kUser, secret.sealed, shown));
    ASSERT_TRUE(resealed);
    EXPECT_TRUE(totp.match(kUser, *resealed, shown));
    EXPECT_FALSE(before.match(kUser, *resealed, shown));
    EXPECT_FALSE(rotated.reseal(kUser, *resealed)) << "it is sealed with the present key already";
    EXPECT_FALSE(totp.reseal(kUser, secret.sealed)) << "no key of its own opens it";
}

TEST_F(TotpTest, AddressForTheAppEscapesItsLabel) {
    const auto secret = totp.new_secret(kUser, "a+b?secret=x&issuer=evil@example.vn");

    EXPECT_EQ(secret.base32.size(), 32U);
    EXPECT_EQ(secret.uri,
              "otpauth://totp/Imagify:a%2Bb%3Fsecret%3Dx%26issuer%3Devil%40example.vn?secret=" +
                  secret.base32 + "&issuer=Imagify");
    EXPECT_FALSE(secret.sealed.contains(secret.base32));
}

TEST_F(TotpTest, RecoveryCodesAreManyDifferentAndEasyToType) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const auto codes = totp.new_recovery_codes();
        EXPECT_EQ(codes.size(), kRecoveryCodes);
        for (const auto& code : codes) {
            EXPECT_EQ(code.size(), 19U);
            EXPECT_EQ(code[4], '-');
            EXPECT_EQ(code.find_first_of("ilou"), std::string::npos) << code;
            seen.insert(code);
        }
    }
    EXPECT_EQ(seen.size(), 100 * kRecoveryCodes);
}

TEST_F(TotpTest, RecoveryCodeHasOneHashHoweverItIsTyped) {
    const auto hash = totp.recovery_hash("k3v9-x7m2-qp4r-t8wz");

    for (const auto* typed : {"K3V9-X7M2-QP4R-T8WZ", "k3v9x7m2qp4rt8wz", " k3v9 x7m2 qp4r t8wz ",
                              "k-3-v-9-x7m2qp4rt8wz"}) {
        EXPECT_EQ(totp.recovery_hash(typed), hash) << typed;
    }
    for (const auto* other :
         {"k3v9-x7m2-qp4r-t8wy", "k3v9-x7m2-qp4r-t8w", "", "k3v9-x7m2-qp4r-t8wz0"}) {
        EXPECT_NE(totp.recovery_hash(other), hash) << other;
    }
    EXPECT_EQ(Totp({kFormer}, clock, random).recovery_hash("k3v9-x7m2-qp4r-t8wz"), hash)
        << "codes outlive a change of keys";
}

}  // namespace
}  // namespace imagify::testing
