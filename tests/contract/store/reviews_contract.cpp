#include "contract/store/store_fixture.hpp"

namespace imagify::testing {
namespace {

OrderMark suspicion_of(const Order& order, TimePoint now) {
    return {.order_id = order.id,
            .amount = order.amount,
            .status = OrderStatus::Review,
            .failure = PaymentFailure::SuspectedFraud,
            .now = now,
            .evidence = "vnp_ResponseCode=07"};
}

}  // namespace

class ReviewContract : public StoreContract {
protected:
    /// The only open case.
    ReviewItem open_case() {
        const auto items = run_task(store->reviews().list_reviews(true, {}));
        EXPECT_EQ(items->items.size(), 1U);
        return items->items.at(0);
    }
    Order suspected_order(const UserId& user) {
        const auto order = make_order(user);
        EXPECT_EQ(run_task(store->orders().mark_order(suspicion_of(order, clock.now()))),
                  Marking::Changed);
        return order;
    }
    Result<SettledReview> settle(std::int64_t id, ReviewAction action) {
        return run_task(
            store->reviews().settle_review({.id = id, .action = action, .act = act("by phone")}));
    }
    OrderStatus status_of(const Order& order) {
        return run_task(store->orders().find_order(order.id))->status;
    }
};

TEST_P(ReviewContract, ApprovedSuspicionCreditsTheOrderOnce) {
    const auto account = make_account();
    const auto order = suspected_order(account.id);
    const auto item = open_case();
    EXPECT_EQ(item.reason, PaymentFailure::SuspectedFraud);

    const auto settled = settle(item.id, ReviewAction::Approve);
    const auto again = settle(item.id, ReviewAction::Approve);

    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->order.status, OrderStatus::Paid);
    EXPECT_EQ(settled->item.resolution, ReviewAction::Approve);
    EXPECT_EQ(settled->item.note, "by phone");
    EXPECT_EQ(again.error().code, "review.settled");
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
    EXPECT_TRUE(run_task(store->reviews().list_reviews(true, {}))->items.empty());
    EXPECT_EQ(run_task(store->reviews().list_reviews(false, {}))->items.size(), 1U);
}

TEST_P(ReviewContract, ProofAfterAnApprovalIsTheSamePayment) {
    const auto account = make_account();
    const auto order = suspected_order(account.id);
    ASSERT_TRUE(settle(open_case().id, ReviewAction::Approve));

    const auto proof = run_task(store->orders().settle_order(proof_of(order, "77")));
    const auto second = run_task(store->orders().settle_order(proof_of(order, "78")));

    EXPECT_EQ(proof, Settlement::AlreadySettled);
    EXPECT_EQ(second, Settlement::AlreadySettled);
    EXPECT_EQ(run_task(store->orders().find_order(order.id))->gateway_transaction, "77");
    EXPECT_EQ(open_case().reason, PaymentFailure::PaidTwice);
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(ReviewContract, RejectedSuspicionFailsTheOrder) {
    const auto account = make_account();
    const auto order = suspected_order(account.id);

    ASSERT_TRUE(settle(open_case().id, ReviewAction::Reject));

    EXPECT_EQ(status_of(order), OrderStatus::Failed);
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
}

TEST_P(ReviewContract, RepetitionOfWhatAPersonSettledIsNoNews) {
    const auto order = suspected_order(make_account().id);
    ASSERT_TRUE(settle(open_case().id, ReviewAction::Reject));

    const auto repeated = run_task(store->orders().mark_order(suspicion_of(order, clock.now())));

    // Under review without an open case, nobody would ever see it.
    EXPECT_EQ(repeated, Marking::AlreadySettled);
    EXPECT_EQ(status_of(order), OrderStatus::Failed);
    EXPECT_TRUE(run_task(store->reviews().list_reviews(true, {}))->items.empty());
}

TEST_P(ReviewContract, OrderUnderReviewNeedsADecision) {
    const auto account = make_account();
    const auto order = suspected_order(account.id);

    const auto refused = settle(open_case().id, ReviewAction::Dismiss);

    EXPECT_EQ(refused.error().code, "review.needs_decision");
    EXPECT_EQ(status_of(order), OrderStatus::Review);
    EXPECT_FALSE(open_case().settled_at);
}

TEST_P(ReviewContract, SecondPaymentIsCreditedOnceMoreWhenApproved) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id, "1");
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(order, "2"))));

    ASSERT_TRUE(settle(open_case().id, ReviewAction::Approve));

    EXPECT_EQ(balance_of(account.id), (Balance{{205}, {0}}));
    const auto entries = run_task(store->ledger().list_entries(account.id, {}));
    EXPECT_EQ(entries->items.front().kind, LedgerKind::Adjust);
}

TEST_P(ReviewContract, SecondPaymentThatWasGivenBackIsRejected) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id, "1");
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(order, "2"))));

    ASSERT_TRUE(settle(open_case().id, ReviewAction::Reject));

    EXPECT_EQ(status_of(order), OrderStatus::Paid);
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(ReviewContract, LateSuccessIsCreditedAndShown) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().mark_order({.order_id = order.id,
                                                     .status = OrderStatus::Expired,
                                                     .failure = PaymentFailure::Timeout,
                                                     .now = clock.now()})));

    EXPECT_EQ(run_task(store->orders().settle_order(proof_of(order))), Settlement::Credited);

    const auto item = open_case();
    EXPECT_EQ(item.reason, PaymentFailure::PaidLate);
    EXPECT_EQ(settle(item.id, ReviewAction::Approve).error().code, "review.order_settled");
    EXPECT_EQ(settle(item.id, ReviewAction::Reject).error().code, "review.order_settled");
    EXPECT_TRUE(settle(item.id, ReviewAction::Dismiss));
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(ReviewContract, DoubtAboutAPaidOrderIsShownAndChangesNothing) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id);

    EXPECT_EQ(run_task(store->orders().mark_order(suspicion_of(order, clock.now()))),
              Marking::AlreadySettled);

    EXPECT_EQ(open_case().reason, PaymentFailure::SuspectedFraud);
    EXPECT_EQ(status_of(order), OrderStatus::Paid);
}

TEST_P(ReviewContract, WrongAmountIsDecidedByAPerson) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    auto proof = proof_of(order);
    proof.amount = {1'000};
    EXPECT_EQ(run_task(store->orders().settle_order(proof)).error().code, "order.amount_mismatch");

    ASSERT_TRUE(settle(open_case().id, ReviewAction::Approve));

    EXPECT_EQ(status_of(order), OrderStatus::Paid);
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(ReviewContract, PaymentOfAnApprovedOrderPaysNoOther) {
    const auto account = make_account();
    const auto approved = make_order(account.id);
    const auto other = make_order(account.id);
    auto wrong = proof_of(approved, "77");
    wrong.amount = {1'000};
    EXPECT_EQ(run_task(store->orders().settle_order(wrong)).error().code, "order.amount_mismatch");
    ASSERT_TRUE(settle(open_case().id, ReviewAction::Approve));

    const auto reused = run_task(store->orders().settle_order(proof_of(other, "77")));

    ASSERT_FALSE(reused);
    EXPECT_EQ(reused.error().code, "order.transaction_reused");
    EXPECT_EQ(run_task(store->orders().find_order(approved.id))->gateway_transaction, "77");
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(ReviewContract, SecondPaymentThatWasApprovedPaysNoOtherOrder) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id, "1");
    const auto other = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(order, "2"))));
    ASSERT_TRUE(settle(open_case().id, ReviewAction::Approve));

    const auto reused = run_task(store->orders().settle_order(proof_of(other, "2")));

    ASSERT_FALSE(reused);
    EXPECT_EQ(reused.error().code, "order.transaction_reused");
    EXPECT_EQ(balance_of(account.id), (Balance{{205}, {0}}));
}

TEST_P(ReviewContract, OnePaymentToldInTwoWaysIsOneCase) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id, "1");
    auto told_again = proof_of(order, "2");
    ASSERT_TRUE(run_task(store->orders().settle_order(told_again)));
    told_again.evidence = "as querydr spells it";

    ASSERT_TRUE(run_task(store->orders().settle_order(told_again)));

    EXPECT_EQ(open_case().reason, PaymentFailure::PaidTwice);
}

TEST_P(ReviewContract, JudgedPaymentToldInAnotherWayIsNoNews) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    auto doubt = suspicion_of(order, clock.now());
    doubt.gateway_transaction = "77";
    ASSERT_TRUE(run_task(store->orders().mark_order(doubt)));
    ASSERT_TRUE(settle(open_case().id, ReviewAction::Reject));
    doubt.evidence = "as querydr spells it";

    EXPECT_EQ(run_task(store->orders().mark_order(doubt)), Marking::AlreadySettled);

    EXPECT_EQ(status_of(order), OrderStatus::Failed);
}

TEST_P(ReviewContract, ApprovalNeverTakesAPaymentFromAnotherOrder) {
    const auto account = make_account();
    make_paid_order(account.id, "77");
    const auto suspected = make_order(account.id);
    auto mark = suspicion_of(suspected, clock.now());
    mark.gateway_transaction = "77";
    ASSERT_TRUE(run_task(store->orders().mark_order(mark)));

    ASSERT_TRUE(settle(open_case().id, ReviewAction::Approve));

    EXPECT_EQ(run_task(store->orders().find_order(suspected.id))->gateway_transaction, "");
}

TEST_P(ReviewContract, AbsentCaseIsNotFoundAndPagesMeet) {
    EXPECT_EQ(settle(4711, ReviewAction::Dismiss).error().code, "review.not_found");
    const auto account = make_account();
    for (int i = 0; i < 5; ++i) suspected_order(account.id);

    std::vector<std::int64_t> ids;
    PageRequest request{.limit = 2};
    for (;;) {
        const auto page = run_task(store->reviews().list_reviews(true, request));
        ASSERT_TRUE(page);
        for (const auto& item : page->items) ids.push_back(item.id);
        if (!page->next_cursor) break;
        request.cursor = *page->next_cursor;
    }

    EXPECT_EQ(ids.size(), 5U);
    EXPECT_TRUE(std::ranges::is_sorted(ids, std::greater<>()));
    EXPECT_FALSE(run_task(store->reviews().list_reviews(true, {.cursor = "x"})));
}

TEST_P(ReviewContract, SettlingIsAudited) {
    const auto account = make_account();
    const auto order = suspected_order(account.id);

    ASSERT_TRUE(settle(open_case().id, ReviewAction::Reject));

    const auto audit = run_task(store->office().list_audit({}));
    ASSERT_EQ(audit->items.size(), 1U);
    EXPECT_EQ(audit->items[0].action, "settle-review");
    EXPECT_EQ(audit->items[0].subject, order.id.text());
    EXPECT_TRUE(audit->items[0].detail.starts_with("reject"));
}

INSTANTIATE_TEST_SUITE_P(Stores, ReviewContract, ::testing::ValuesIn(store_kinds()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace imagify::testing
