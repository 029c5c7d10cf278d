#include "contract/limits/limits_fixture.hpp"

namespace imagify::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr LimitRule kTen{.name = "ten", .quota = 10, .window = minutes(10)};
constexpr LimitRule kOne{.name = "one", .quota = 1, .window = minutes(1)};

}  // namespace

TEST_P(LimitsContract, QuotaIsAllowedAtOnceAndNotOneMore) {
    for (int left = 9; left >= 0; --left) {
        const auto use = take(kTen);
        EXPECT_TRUE(use.allowed);
        EXPECT_EQ(use.remaining, left);
        EXPECT_EQ(use.retry_after, left > 0 ? seconds(0) : seconds(60));
    }
    const auto beyond = take(kTen);
    EXPECT_FALSE(beyond.allowed);
    EXPECT_EQ(beyond.retry_after, seconds(60));
}

TEST_P(LimitsContract, OneMoreIsAllowedExactlyWhenItSaid) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(take(kTen).allowed);

    clock.advance(seconds(60) - std::chrono::milliseconds(1));
    EXPECT_FALSE(take(kTen).allowed);
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_TRUE(take(kTen).allowed);
    EXPECT_FALSE(take(kTen).allowed);
}

TEST_P(LimitsContract, RefusedUsesDoNotPutTheNextOneOff) {
    for (int i = 0; i < 200; ++i) take(kTen);

    clock.advance(minutes(1));
    EXPECT_TRUE(take(kTen).allowed);
}

TEST_P(LimitsContract, QuietSavesUpNoMoreThanTheQuota) {
    take(kTen);
    clock.advance(hours(1'000));

    for (int i = 0; i < 10; ++i) EXPECT_TRUE(take(kTen).allowed) << i;
    EXPECT_FALSE(take(kTen).allowed);
}

TEST_P(LimitsContract, RulesAndKeysCountApart) {
    EXPECT_TRUE(take(kOne, "an").allowed);
    EXPECT_FALSE(take(kOne, "an").allowed);
    EXPECT_TRUE(take(kOne, "bo").allowed);
    EXPECT_TRUE(take(kTen, "an").allowed);
}

TEST_P(LimitsContract, UseThatIsGivenBackCanBeTakenAgain) {
    ASSERT_TRUE(take(kOne).allowed);
    run_task(limits().give_back(kOne, "an"));
    EXPECT_TRUE(take(kOne).allowed);
    EXPECT_FALSE(take(kOne).allowed);
}

TEST_P(LimitsContract, GivingBackWhatNobodyTookAddsNothing) {
    for (int i = 0; i < 5; ++i) run_task(limits().give_back(kOne, "an"));
    EXPECT_TRUE(take(kOne).allowed);
    EXPECT_FALSE(take(kOne).allowed);
}

TEST_P(LimitsContract, ClockThatWentBackKeepsNobodyOutForLongerThanAWindow) {
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(take(kTen).allowed);
    clock.advance(-hours(24 * 365));

    const auto use = take(kTen);
    EXPECT_FALSE(use.allowed);
    EXPECT_LE(use.retry_after, seconds(60));
    clock.advance(minutes(10));
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(take(kTen).allowed) << i;
}

TEST_P(LimitsContract, FiveGuessesAreFreeThenEachDoublesTheWait) {
    for (int i = 0; i < kFreeGuesses; ++i) ASSERT_TRUE(guess().allowed) << i;

    for (std::int64_t wait = 1; wait <= kLongestDelay.count(); wait *= 2) {
        const auto early = guess();
        EXPECT_FALSE(early.allowed) << wait;
        EXPECT_EQ(early.retry_after, seconds(wait));
        clock.advance(seconds(wait) - std::chrono::milliseconds(1));
        EXPECT_FALSE(guess().allowed) << wait;
        clock.advance(std::chrono::milliseconds(1));
        EXPECT_TRUE(guess().allowed) << wait;
    }
    EXPECT_EQ(guess().retry_after, kLongestDelay);
}

TEST_P(LimitsContract, OnePlaceHasFewerThanAHundredGuessesADay) {
    int evaluated = 0;
    const auto end = clock.now() + hours(24);
    while (clock.now() < end) {
        const auto use = guess();
        if (use.allowed) {
            ++evaluated;
        } else {
            clock.advance(use.retry_after);
        }
    }
    EXPECT_LE(evaluated, 100);
    EXPECT_GE(evaluated, 90);
}

TEST_P(LimitsContract, GuessThatWasNoneCountsNothing) {
    for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(guess().allowed) << i;
        run_task(limits().uncount_guess("an"));
    }
}

TEST_P(LimitsContract, OwnerAndADayOfQuietForgetGuesses) {
    for (int i = 0; i < kFreeGuesses; ++i) guess();
    ASSERT_FALSE(guess().allowed);
    run_task(limits().forget_guesses("an"));
    EXPECT_TRUE(guess().allowed);

    for (int i = 1; i < kFreeGuesses; ++i) guess();
    ASSERT_FALSE(guess().allowed);
    clock.advance(hours(24) + seconds(1));
    for (int i = 0; i < kFreeGuesses; ++i) EXPECT_TRUE(guess().allowed) << i;
    EXPECT_FALSE(guess().allowed);
}

TEST_P(LimitsContract, ClockThatWentBackStartsGuessesAnew) {
    for (int i = 0; i < 20; ++i) {
        guess();
        clock.advance(kLongestDelay);
    }
    clock.advance(-hours(24 * 365));

    // The moment until which it was delayed is a year ahead: nobody waits for that.
    EXPECT_TRUE(guess().allowed);
}

TEST_P(LimitsContract, GuessesByKeyCountApart) {
    for (int i = 0; i <= kFreeGuesses; ++i) guess("an");
    EXPECT_FALSE(guess("an").allowed);
    EXPECT_TRUE(guess("bo").allowed);
}

TEST_P(LimitsContract, UncountingAGuessEndsItsDelay) {
    for (int i = 0; i < kFreeGuesses; ++i) ASSERT_TRUE(guess().allowed);
    ASSERT_FALSE(guess().allowed);

    run_task(limits().uncount_guess("an"));
    EXPECT_TRUE(guess().allowed);
    EXPECT_FALSE(guess().allowed);
    run_task(limits().uncount_guess("nobody"));
    EXPECT_TRUE(guess("nobody").allowed);
}

}  // namespace imagify::testing
