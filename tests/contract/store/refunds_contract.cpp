#include "contract/store/store_fixture.hpp"

namespace imagify::testing {
namespace {

constexpr std::chrono::minutes kFirstCheck{1};

NewRefund refund_of(const Order& order, OperatorAct act, std::optional<Credits> credits = {},
                    const std::string& id = "R1") {
    const auto first = act.now + kFirstCheck;
    return {.id = RefundId(id),
            .order_id = order.id,
            .credits = credits,
            .act = std::move(act),
            .first_check_at = first};
}

RefundEnd end_of(const Refund& refund, RefundState to, TimePoint now) {
    return {.id = refund.id, .to = to, .reason = "", .now = now, .evidence = "signed"};
}

}  // namespace

TEST_P(StoreContract, OpenRefundHoldsTheCreditsOfThePaidOrder) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);

    const auto opened = run_task(store->refunds().open_refund(refund_of(order, act())));

    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->refund.credits, Credits{100});
    EXPECT_EQ(opened->refund.amount, Vnd{250'000});
    EXPECT_EQ(opened->refund.state, RefundState::Open);
    EXPECT_EQ(run_task(store->orders().find_order(order.id))->status, OrderStatus::Refunding);
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {100}}));
}

TEST_P(StoreContract, DoneRefundTakesTheCreditsOnce) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);
    const auto opened = run_task(store->refunds().open_refund(refund_of(order, act(), {{40}})));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->refund.amount, Vnd{100'000});

    const auto end = end_of(opened->refund, RefundState::Done, clock.now());
    const auto closed = run_task(store->refunds().close_refund(end));
    const auto again = run_task(store->refunds().close_refund(end));

    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->state, RefundState::Done);
    EXPECT_EQ(again.error().code, "refund.closed");
    EXPECT_EQ(run_task(store->orders().find_order(order.id))->status, OrderStatus::Refunded);
    EXPECT_EQ(balance_of(account.id), (Balance{{65}, {0}}));
    const auto entries = run_task(store->ledger().list_entries(account.id, {}));
    EXPECT_EQ(entries->items.front().kind, LedgerKind::Refund);
    EXPECT_EQ(entries->items.front().delta, Credits{-40});
}

TEST_P(StoreContract, RejectedRefundGivesTheCreditsBackAndMayBeTriedAgain) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);
    const auto opened = run_task(store->refunds().open_refund(refund_of(order, act())));

    ASSERT_TRUE(run_task(
        store->refunds().close_refund(end_of(opened->refund, RefundState::Rejected, clock.now()))));

    EXPECT_EQ(run_task(store->orders().find_order(order.id))->status, OrderStatus::Paid);
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
    EXPECT_TRUE(run_task(store->refunds().open_refund(refund_of(order, act(), {}, "R2"))));
}

TEST_P(StoreContract, SecondRefundOfAnOrderIsRefused) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);
    const auto first = run_task(store->refunds().open_refund(refund_of(order, act(), {{10}})));

    const auto while_open =
        run_task(store->refunds().open_refund(refund_of(order, act(), {}, "R2")));
    ASSERT_TRUE(run_task(
        store->refunds().close_refund(end_of(first->refund, RefundState::Done, clock.now()))));
    const auto after = run_task(store->refunds().open_refund(refund_of(order, act(), {}, "R3")));

    EXPECT_EQ(while_open.error().code, "refund.not_paid");
    EXPECT_EQ(after.error().code, "refund.not_paid");
}

TEST_P(StoreContract, RepeatedRefundIdYieldsWhatItMade) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);

    const auto first = run_task(store->refunds().open_refund(refund_of(order, act(), {{10}})));
    const auto second = run_task(store->refunds().open_refund(refund_of(order, act(), {{10}})));

    ASSERT_TRUE(first && second);
    EXPECT_EQ(second->refund.credits, first->refund.credits);
    EXPECT_EQ(balance_of(account.id), (Balance{{95}, {10}}));
}

TEST_P(StoreContract, SpentCreditsAreNotRefunded) {
    const auto account = make_account("an@example.vn", {0});
    const auto order = make_paid_order(account.id);
    ASSERT_TRUE(hold(account.id));

    const auto whole = run_task(store->refunds().open_refund(refund_of(order, act())));
    const auto rest = run_task(store->refunds().open_refund(refund_of(order, act(), {{99}}, "R2")));

    EXPECT_EQ(whole.error().code, "refund.credits_spent");
    EXPECT_TRUE(rest);
    EXPECT_EQ(balance_of(account.id), (Balance{{0}, {100}}));
}

TEST_P(StoreContract, UnpaidOrAbsentOrdersAndWrongPartsAreNotRefunded) {
    const auto account = make_account();
    const auto unpaid = make_order(account.id);
    auto absent = unpaid;
    absent.id = OrderId("none");

    EXPECT_EQ(run_task(store->refunds().open_refund(refund_of(unpaid, act()))).error().code,
              "refund.not_paid");
    EXPECT_EQ(run_task(store->refunds().open_refund(refund_of(absent, act()))).error().code,
              "order.not_found");
    const auto paid = make_paid_order(account.id);
    for (const std::int64_t credits : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{101}}) {
        const auto refused =
            run_task(store->refunds().open_refund(refund_of(paid, act(), {{credits}})));
        EXPECT_EQ(refused.error().code, "validation.failed") << credits;
    }
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(StoreContract, NoticesLeaveARefundedOrderAlone) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id, "1");
    const auto opened = run_task(store->refunds().open_refund(refund_of(order, act())));

    EXPECT_EQ(run_task(store->orders().settle_order(proof_of(order, "1"))),
              Settlement::AlreadySettled);
    EXPECT_EQ(run_task(store->orders().mark_order({.order_id = order.id, .now = clock.now()})),
              Marking::AlreadySettled);
    ASSERT_TRUE(run_task(
        store->refunds().close_refund(end_of(opened->refund, RefundState::Done, clock.now()))));
    EXPECT_EQ(run_task(store->orders().settle_order(proof_of(order, "1"))),
              Settlement::AlreadySettled);

    EXPECT_EQ(run_task(store->orders().find_order(order.id))->status, OrderStatus::Refunded);
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
}

TEST_P(StoreContract, OpenRefundIsDueUntilItsChecksEndBeforeAPerson) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);
    const auto opened = run_task(store->refunds().open_refund(refund_of(order, act())));
    const auto due_now = [this] {
        return run_task(store->refunds().due_refunds(clock.now(), 10))->size();
    };

    EXPECT_EQ(due_now(), 0U);
    clock.advance(kFirstCheck);
    ASSERT_EQ(due_now(), 1U);
    ASSERT_TRUE(run_task(store->refunds().schedule_refund_check(
        opened->refund.id, clock.now() + kFirstCheck, clock.now())));
    EXPECT_EQ(due_now(), 0U);
    clock.advance(kFirstCheck);
    const auto due = run_task(store->refunds().due_refunds(clock.now(), 10));
    ASSERT_EQ(due->size(), 1U);
    EXPECT_EQ(due->front().checks, 1);
    EXPECT_EQ(due->front().order.id, order.id);
    ASSERT_TRUE(run_task(
        store->refunds().schedule_refund_check(opened->refund.id, std::nullopt, clock.now())));

    EXPECT_EQ(due_now(), 0U);
    const auto reviews = run_task(store->reviews().reviews_of(order.id));
    ASSERT_EQ(reviews->size(), 1U);
    EXPECT_EQ(reviews->front().reason, PaymentFailure::Unsettled);
}

TEST_P(StoreContract, RefundsOfAnOrderAreFoundAndAudited) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);
    EXPECT_FALSE(*run_task(store->refunds().refund_of(order.id)));

    const auto opened = run_task(store->refunds().open_refund(refund_of(order, act("sorry"))));
    auto end = end_of(opened->refund, RefundState::Done, clock.now());
    end.act = act("seen in the portal");
    ASSERT_TRUE(run_task(store->refunds().close_refund(end)));

    const auto found = run_task(store->refunds().refund_of(order.id));
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->state, RefundState::Done);
    const auto audit = run_task(store->office().list_audit({}));
    ASSERT_EQ(audit->items.size(), 2U);
    EXPECT_EQ(audit->items[0].action, "close-refund");
    EXPECT_EQ(audit->items[1].action, "refund");
    EXPECT_EQ(audit->items[1].note, "sorry");
    EXPECT_EQ(audit->items[1].subject, order.id.text());
}

}  // namespace imagify::testing
