#include "adapters/dynamodb/keys.hpp"
#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using dynamo::Fault;
using std::chrono::hours;

class DynamoDeletionTest : public DynamoTest {
protected:
    Balance balance_of(const UserId& user) {
        const auto account = run_task(store().find_account(user));
        EXPECT_TRUE(account);
        return account ? Balance{account->credits, account->held} : Balance{};
    }
    std::size_t visible(const UserId& user) {
        const auto page = run_task(store().list_generations(user, {}, {.limit = 100}));
        EXPECT_TRUE(page);
        return page ? page->items.size() : 0;
    }
};

// More items than a transaction holds.
TEST_F(DynamoDeletionTest, EndsAnAccountWithAnyNumberOfHolds) {
    const auto account = make_account("an@example.vn", {200});
    for (int i = 0; i < 150; ++i) ASSERT_TRUE(hold(account.id));

    ASSERT_TRUE(remove(account.id));

    EXPECT_EQ(balance_of(account.id), Balance{});
    EXPECT_EQ(visible(account.id), 0U);
    EXPECT_TRUE(violations().empty());
    clock.advance(hours(1));
    ASSERT_TRUE(run_task(store().forget_expired(clock.now())));
    EXPECT_TRUE(violations().empty());
}

// Wherever it stops after the decision: it has succeeded, the books balance, and the next round
// brings it to its end.
TEST_F(DynamoDeletionTest, WhatIsLeftHalfDoneIsFinishedLater) {
    for (std::size_t steps = 0; steps < 12; ++steps) {
        const auto account = make_account("an" + std::to_string(steps) + "@example.vn", {9});
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(hold(account.id));
        // One transaction decides; every later one, of releases and booking, fails in turn.
        std::deque<Fault> faults(1 + steps / 2, Fault::None);
        faults.insert(faults.end(), 100, Fault::RequestLost);
        script("TransactWriteItems", faults);

        ASSERT_TRUE(remove(account.id));
        script("TransactWriteItems", {});

        for (const auto& violation : violations()) {
            ADD_FAILURE() << steps << ": " << violation.invariant << " " << violation.detail;
        }
        clock.advance(hours(1));
        ASSERT_TRUE(run_task(store().forget_expired(clock.now())));
        clock.advance(hours(1));
        ASSERT_TRUE(run_task(store().forget_expired(clock.now())));
        EXPECT_EQ(balance_of(account.id), Balance{}) << steps;
        EXPECT_EQ(visible(account.id), 0U) << steps;
        EXPECT_TRUE(violations().empty()) << steps;
        const auto item = run_task(client().get(tables.users, account.id.text()));
        ASSERT_TRUE(item && *item);
        EXPECT_FALSE((*item)->has("duePk")) << steps;
    }
}

TEST_F(DynamoDeletionTest, HoldThatTheIndexShowedTooLateIsResolvedByTheNextRound) {
    const auto account = make_account();
    database.set_weather({.index_lag_ms = [] { return 5'000; }});
    ASSERT_TRUE(hold(account.id));

    ASSERT_TRUE(remove(account.id));

    EXPECT_EQ(balance_of(account.id), (Balance{{4}, {1}}));
    EXPECT_TRUE(violations().empty());
    for (int round = 0; round < 3; ++round) {
        clock.advance(hours(1));
        ASSERT_TRUE(run_task(store().forget_expired(clock.now())));
    }
    EXPECT_EQ(balance_of(account.id), Balance{});
    EXPECT_TRUE(violations().empty());
}

TEST_F(DynamoDeletionTest, UndecidedOneChangesNothing) {
    const auto account = make_account();
    script("TransactWriteItems", std::deque<Fault>(100, Fault::Conflict));

    const auto removed = remove(account.id);

    script("TransactWriteItems", {});
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(run_task(store().find_login(*Email::parse("an@example.vn"))));
    EXPECT_TRUE(hold(account.id));
}

TEST_F(DynamoDeletionTest, NobodyHoldsAfterTheDecision) {
    const auto account = make_account();
    ASSERT_TRUE(remove(account.id));

    const auto held = hold(account.id);

    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().code, "account.not_found");
}

}  // namespace
}  // namespace imagify::testing
