#include "contract/store/store_fixture.hpp"

namespace imagify::testing {

TEST_P(StoreContract, ProofOfPaymentCreditsExactlyOnce) {
    const auto account = make_account();
    const auto order = make_order(account.id);

    const auto first = run_task(store->orders().settle_order(proof_of(order)));
    const auto second = run_task(store->orders().settle_order(proof_of(order)));

    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, Settlement::Credited);
    EXPECT_EQ(*second, Settlement::AlreadySettled);
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
    const auto paid = run_task(store->orders().find_order(order.id));
    EXPECT_EQ(paid->status, OrderStatus::Paid);
    EXPECT_EQ(paid->gateway_transaction, "14226112");
    EXPECT_TRUE(paid->paid_at);
}

TEST_P(StoreContract, WrongAmountCreditsNothingAndAsksForReview) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    auto proof = proof_of(order);
    proof.amount.amount += 1;

    const auto refused = run_task(store->orders().settle_order(proof));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "order.amount_mismatch");
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
    const auto after = run_task(store->orders().find_order(order.id));
    EXPECT_EQ(after->status, OrderStatus::Review);
    EXPECT_EQ(after->failure, PaymentFailure::AmountMismatch);
}

TEST_P(StoreContract, RightProofStillPaysAnOrderUnderReview) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    auto wrong = proof_of(order);
    wrong.amount.amount += 1'000;
    ASSERT_FALSE(run_task(store->orders().settle_order(wrong)));

    const auto settled = run_task(store->orders().settle_order(proof_of(order)));

    ASSERT_TRUE(settled);
    EXPECT_EQ(*settled, Settlement::Credited);
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(StoreContract, WrongAmountOnAPaidOrderLeavesItPaid) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(order))));
    auto wrong = proof_of(order);
    wrong.amount.amount *= 2;

    EXPECT_EQ(run_task(store->orders().settle_order(wrong)).error().kind, ErrorKind::Conflict);

    EXPECT_EQ(run_task(store->orders().find_order(order.id))->status, OrderStatus::Paid);
}

TEST_P(StoreContract, UnknownOrderIsNotFound) {
    const auto account = make_account();
    auto proof = proof_of(make_order(account.id));
    proof.order_id = OrderId("NOSUCHORDER");

    EXPECT_EQ(run_task(store->orders().settle_order(proof)).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(run_task(store->orders().mark_order({.order_id = proof.order_id})).error().kind,
              ErrorKind::NotFound);
}

TEST_P(StoreContract, FailedAndExpiredOrdersArePaidOnProof) {
    const auto account = make_account();
    int number = 1;
    for (const auto status : {OrderStatus::Failed, OrderStatus::Expired, OrderStatus::Review}) {
        const auto order = make_order(account.id);
        ASSERT_EQ(*run_task(store->orders().mark_order({.order_id = order.id,
                                                        .status = status,
                                                        .failure = PaymentFailure::Timeout,
                                                        .now = clock.now()})),
                  Marking::Changed);

        EXPECT_EQ(
            *run_task(store->orders().settle_order(proof_of(order, std::to_string(number++)))),
            Settlement::Credited);
    }
    EXPECT_EQ(balance_of(account.id), (Balance{{305}, {0}}));
}

TEST_P(StoreContract, StaleFailureLeavesAPaidOrderPaid) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(order))));

    for (const auto status : {OrderStatus::Failed, OrderStatus::Expired, OrderStatus::Review}) {
        const auto marked =
            run_task(store->orders().mark_order({.order_id = order.id, .status = status}));
        ASSERT_TRUE(marked);
        EXPECT_EQ(*marked, Marking::AlreadySettled);
    }
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(StoreContract, FailureIsRecordedOnce) {
    const auto order = make_order(make_account().id);
    const OrderMark mark{.order_id = order.id,
                         .amount = order.amount,
                         .status = OrderStatus::Failed,
                         .failure = PaymentFailure::Cancelled,
                         .now = clock.now()};

    EXPECT_EQ(*run_task(store->orders().mark_order(mark)), Marking::Changed);
    EXPECT_EQ(*run_task(store->orders().mark_order(mark)), Marking::AlreadySettled);

    EXPECT_EQ(run_task(store->orders().find_order(order.id))->failure, PaymentFailure::Cancelled);
}

TEST_P(StoreContract, SuspectedFraudIsNotFailedAway) {
    const auto order = make_order(make_account().id);
    ASSERT_TRUE(run_task(store->orders().mark_order({.order_id = order.id,
                                                     .status = OrderStatus::Review,
                                                     .failure = PaymentFailure::SuspectedFraud})));

    const auto marked =
        run_task(store->orders().mark_order({.order_id = order.id, .status = OrderStatus::Failed}));

    EXPECT_EQ(*marked, Marking::AlreadySettled);
    EXPECT_EQ(run_task(store->orders().find_order(order.id))->status, OrderStatus::Review);
}

TEST_P(StoreContract, OneGatewayPaymentPaysOneOrder) {
    const auto account = make_account();
    const auto first = make_order(account.id);
    const auto second = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(first, "777"))));

    const auto reused = run_task(store->orders().settle_order(proof_of(second, "777")));

    ASSERT_FALSE(reused);
    EXPECT_EQ(reused.error().code, "order.transaction_reused");
    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(StoreContract, SecondPaymentOfAnOrderCreditsNothingMore) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(order, "1"))));

    EXPECT_EQ(*run_task(store->orders().settle_order(proof_of(order, "2"))),
              Settlement::AlreadySettled);

    EXPECT_EQ(balance_of(account.id), (Balance{{105}, {0}}));
}

TEST_P(StoreContract, RepeatedKeyYieldsTheSameOrder) {
    const auto account = make_account();
    const IdempotencyKey key{.route = "pay", .key = "k", .fingerprint = "body"};

    const auto first = make_order(account.id, key);
    clock.advance(std::chrono::seconds(3));
    const auto second = make_order(account.id, key);

    EXPECT_EQ(first.id, second.id);
    EXPECT_EQ(first.created_at, second.created_at);
    EXPECT_EQ(run_task(store->orders().list_orders(account.id, {}))->items.size(), 1U);
}

TEST_P(StoreContract, RepeatedKeyWithAnotherBodyIsRefused) {
    const auto account = make_account();
    make_order(account.id, IdempotencyKey{"pay", "k", "body"});
    auto order = make_order(account.id);
    order.id = OrderId(new_ulid("", clock, random));

    const auto refused = run_task(store->orders().create_order(
        {.order = order, .key = IdempotencyKey{"pay", "k", "other"}, .first_check_at = {}}));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "idempotency.mismatch");
}

TEST_P(StoreContract, KeyOfAnotherPersonOrRouteIsAnotherKey) {
    const auto an = make_account("an@example.vn");
    const auto bo = make_account("bo@example.vn");

    const auto first = make_order(an.id, IdempotencyKey{"pay", "k", "body"});
    const auto other_person = make_order(bo.id, IdempotencyKey{"pay", "k", "body"});
    const auto other_route = make_order(an.id, IdempotencyKey{"gift", "k", "body"});

    EXPECT_NE(first.id, other_person.id);
    EXPECT_NE(first.id, other_route.id);
}

TEST_P(StoreContract, KeyIsForgottenAfterItsTime) {
    const auto account = make_account();
    const IdempotencyKey key{.route = "pay", .key = "k", .fingerprint = "body"};
    const auto first = make_order(account.id, key);

    clock.advance(kIdempotencyKept);
    ASSERT_TRUE(run_task(store->upkeep().forget_expired(clock.now())));

    EXPECT_NE(make_order(account.id, key).id, first.id);
}

TEST_P(StoreContract, AnothersOrderLooksAbsent) {
    const auto an = make_account("an@example.vn");
    const auto bo = make_account("bo@example.vn");
    const auto order = make_order(an.id);

    EXPECT_TRUE(run_task(store->orders().find_order_of(an.id, order.id)));
    const auto others = run_task(store->orders().find_order_of(bo.id, order.id));
    const auto absent = run_task(store->orders().find_order_of(bo.id, OrderId("none")));
    EXPECT_EQ(others.error().code, absent.error().code);
    EXPECT_TRUE(run_task(store->orders().list_orders(bo.id, {}))->items.empty());
}

TEST_P(StoreContract, UnsettledOrdersComeDueAndSettledOnesDoNot) {
    const auto account = make_account();
    const auto open = make_order(account.id);
    const auto paid = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().settle_order(proof_of(paid))));

    EXPECT_TRUE(run_task(store->orders().due_orders(clock.now(), 10))->empty());
    clock.advance(std::chrono::minutes(5));
    const auto due = run_task(store->orders().due_orders(clock.now(), 10));
    ASSERT_EQ(due->size(), 1U);
    EXPECT_EQ(due->front().order.id, open.id);
    EXPECT_EQ(due->front().checks, 0);

    ASSERT_TRUE(
        run_task(store->orders().schedule_check(open.id, clock.now() + std::chrono::minutes(15))));
    EXPECT_TRUE(run_task(store->orders().due_orders(clock.now(), 10))->empty());
    clock.advance(std::chrono::minutes(15));
    EXPECT_EQ(run_task(store->orders().due_orders(clock.now(), 10))->front().checks, 1);
}

TEST_P(StoreContract, UnpaidOrdersStayDueAsTheyMayHaveBeenPaidSince) {
    const auto account = make_account();
    const auto failed = make_order(account.id);
    const auto expired = make_order(account.id);
    const auto reviewed = make_order(account.id);
    for (const auto& [order, status] :
         {std::pair{failed, OrderStatus::Failed}, std::pair{expired, OrderStatus::Expired},
          std::pair{reviewed, OrderStatus::Review}}) {
        ASSERT_TRUE(run_task(store->orders().mark_order(
            {.order_id = order.id, .status = status, .now = clock.now()})));
    }

    clock.advance(std::chrono::minutes(5));

    EXPECT_EQ(run_task(store->orders().due_orders(clock.now(), 10))->size(), 3U);
    ASSERT_TRUE(run_task(store->orders().schedule_check(failed.id, std::nullopt)));
    ASSERT_TRUE(run_task(store->orders().schedule_check(reviewed.id, std::nullopt)));
    const auto due = run_task(store->orders().due_orders(clock.now(), 10));
    ASSERT_EQ(due->size(), 1U);
    EXPECT_EQ(due->front().order.id, expired.id);
}

TEST_P(StoreContract, SuspicionOfFraudOutlivesAnOddMessage) {
    const auto order = make_order(make_account().id);
    ASSERT_TRUE(run_task(store->orders().mark_order({.order_id = order.id,
                                                     .status = OrderStatus::Review,
                                                     .failure = PaymentFailure::SuspectedFraud,
                                                     .now = clock.now()})));
    auto odd = proof_of(order);
    odd.amount = {1};
    EXPECT_FALSE(run_task(store->orders().settle_order(odd)));

    const auto marked = run_task(store->orders().mark_order(
        {.order_id = order.id, .status = OrderStatus::Failed, .now = clock.now()}));

    EXPECT_EQ(marked, Marking::AlreadySettled);
    EXPECT_EQ(run_task(store->orders().find_order(order.id))->failure,
              PaymentFailure::SuspectedFraud);
}

}  // namespace imagify::testing
