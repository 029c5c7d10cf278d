#include "contract/store/store_fixture.hpp"

namespace imagify::testing {

TEST_P(StoreContract, HoldSetsACreditAside) {
    const auto account = make_account("an@example.vn", {5});

    const auto held = hold(account.id);

    ASSERT_TRUE(held);
    EXPECT_TRUE(held->created);
    EXPECT_EQ(held->balance, (Balance{{4}, {1}}));
    EXPECT_EQ(balance_of(account.id), (Balance{{4}, {1}}));
}

TEST_P(StoreContract, NoHoldWithoutCredits) {
    const auto account = make_account("an@example.vn", {1});
    ASSERT_TRUE(hold(account.id));

    const auto second = hold(account.id);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "credits.insufficient");
    EXPECT_EQ(balance_of(account.id), (Balance{{0}, {1}}));
    EXPECT_EQ(hold(UserId("u_none")).error().code, "account.not_found");
}

TEST_P(StoreContract, CaptureChargesOnceAndPublishesThePicture) {
    const auto account = make_account();
    const auto id = hold(account.id)->generation.id;

    const auto first = run_task(store->generations().capture(
        {.id = id, .lease = "p_1", .picture = picture(), .now = clock.now()}));
    const auto second = run_task(store->generations().capture(
        {.id = id, .lease = "p_1", .picture = picture(), .now = clock.now()}));

    ASSERT_TRUE(first);
    EXPECT_EQ(*first, (Balance{{4}, {0}}));
    EXPECT_EQ(second.error().code, "generation.not_held");
    const auto ready = run_task(store->generations().find_generation_of(account.id, id));
    EXPECT_EQ(ready->state, GenerationState::Ready);
    ASSERT_TRUE(ready->picture);
    EXPECT_EQ(ready->picture->sha256, picture().sha256);
}

TEST_P(StoreContract, CaptureNeedsTheLease) {
    const auto account = make_account();
    const auto id = hold(account.id)->generation.id;

    const auto stranger = run_task(store->generations().capture(
        {.id = id, .lease = "p_2", .picture = picture(), .now = clock.now()}));
    ASSERT_FALSE(stranger);

    ASSERT_TRUE(run_task(store->generations().take_lease(id, "p_2")));
    EXPECT_TRUE(run_task(store->generations().capture(
        {.id = id, .lease = "p_2", .picture = picture(), .now = clock.now()})));
}

TEST_P(StoreContract, CaptureAndReleaseExcludeEachOther) {
    const auto account = make_account();
    const auto captured = hold(account.id)->generation.id;
    const auto released = hold(account.id)->generation.id;
    ASSERT_TRUE(run_task(store->generations().capture(
        {.id = captured, .lease = "p_1", .picture = picture(), .now = clock.now()})));
    ASSERT_TRUE(
        run_task(store->generations().release({.id = released, .error = "x", .now = clock.now()})));

    EXPECT_FALSE(
        run_task(store->generations().release({.id = captured, .error = "x", .now = clock.now()})));
    EXPECT_FALSE(run_task(store->generations().capture(
        {.id = released, .lease = "p_1", .picture = picture(), .now = clock.now()})));

    EXPECT_EQ(balance_of(account.id), (Balance{{4}, {0}}));
}

TEST_P(StoreContract, ReleaseGivesTheCreditBackOnce) {
    const auto account = make_account();
    const auto id = hold(account.id)->generation.id;
    const Release release{.id = id, .error = "painter.unavailable", .now = clock.now()};

    EXPECT_EQ(*run_task(store->generations().release(release)), (Balance{{5}, {0}}));
    EXPECT_FALSE(run_task(store->generations().release(release)));

    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
    const auto failed = run_task(store->generations().find_generation(id));
    EXPECT_EQ(failed->state, GenerationState::Failed);
    EXPECT_EQ(failed->error, "painter.unavailable");
}

TEST_P(StoreContract, RepeatedKeyHoldsNothingMore) {
    const auto account = make_account();
    const IdempotencyKey key{.route = "generate", .key = "k", .fingerprint = "body"};

    const auto first = hold(account.id, key);
    const auto second = hold(account.id, key);
    const auto other = hold(account.id, IdempotencyKey{"generate", "k", "other body"});

    ASSERT_TRUE(first && second);
    EXPECT_TRUE(first->created);
    EXPECT_FALSE(second->created);
    EXPECT_EQ(first->generation.id, second->generation.id);
    EXPECT_EQ(other.error().code, "idempotency.mismatch");
    EXPECT_EQ(balance_of(account.id), (Balance{{4}, {1}}));
}

TEST_P(StoreContract, HoldsPastTheirDeadlineAreFound) {
    const auto account = make_account();
    const auto early = hold(account.id)->generation.id;
    clock.advance(std::chrono::seconds(30));
    ASSERT_TRUE(hold(account.id));

    clock.advance(kHoldDeadline - std::chrono::seconds(30));
    const auto overdue = run_task(store->generations().overdue_holds(clock.now(), 10));

    ASSERT_EQ(overdue->size(), 1U);
    EXPECT_EQ(overdue->front().id, early);
    EXPECT_EQ(run_task(store->generations().orphaned_holds("p_2", 10))->size(), 2U);
    EXPECT_TRUE(run_task(store->generations().orphaned_holds("p_1", 10))->empty());
}

TEST_P(StoreContract, HoldFromATimeAheadIsOverdueTheWallClockWentBack) {
    const auto account = make_account();
    const auto id = hold(account.id)->generation.id;

    const auto hours_back = clock.now() - std::chrono::hours(24);
    const auto moments_back = clock.now() - std::chrono::seconds(1);

    EXPECT_TRUE(run_task(store->generations().overdue_holds(moments_back, 10))->empty());
    const auto overdue = run_task(store->generations().overdue_holds(hours_back, 10));
    ASSERT_EQ(overdue->size(), 1U);
    EXPECT_EQ(overdue->front().id, id);
}

TEST_P(StoreContract, AnothersPictureLooksAbsent) {
    const auto an = make_account("an@example.vn");
    const auto bo = make_account("bo@example.vn");
    const auto id = hold(an.id)->generation.id;

    const auto others = run_task(store->generations().find_generation_of(bo.id, id));
    const auto absent =
        run_task(store->generations().find_generation_of(bo.id, GenerationId("none")));
    const auto deleted = run_task(store->generations().delete_generation(bo.id, id, clock.now()));

    EXPECT_EQ(others.error().code, absent.error().code);
    EXPECT_EQ(deleted.error().code, "image.not_found");
    EXPECT_TRUE(run_task(store->generations().list_generations(bo.id, {}, {}))->items.empty());
}

TEST_P(StoreContract, DeletedPictureIsGoneAndStaysPaid) {
    const auto account = make_account();
    const auto id = hold(account.id)->generation.id;
    EXPECT_EQ(
        run_task(store->generations().delete_generation(account.id, id, clock.now())).error().code,
        "image.pending");
    ASSERT_TRUE(run_task(store->generations().capture(
        {.id = id, .lease = "p_1", .picture = picture(), .now = clock.now()})));

    ASSERT_TRUE(run_task(store->generations().delete_generation(account.id, id, clock.now())));

    EXPECT_FALSE(run_task(store->generations().find_generation_of(account.id, id)));
    EXPECT_FALSE(run_task(store->generations().delete_generation(account.id, id, clock.now())));
    EXPECT_EQ(run_task(store->generations().deleted_generations(10))->size(), 1U);
    ASSERT_TRUE(run_task(store->generations().purge_generation(id)));
    EXPECT_TRUE(run_task(store->generations().deleted_generations(10))->empty());
    EXPECT_EQ(balance_of(account.id), (Balance{{4}, {0}}));
}

TEST_P(StoreContract, ListIsNewestFirstAndFiltered) {
    const auto account = make_account();
    const auto first = hold(account.id)->generation.id;
    clock.advance(std::chrono::milliseconds(2));
    const auto second = hold(account.id)->generation.id;
    ASSERT_TRUE(run_task(store->generations().capture(
        {.id = first, .lease = "p_1", .picture = picture(), .now = clock.now()})));

    const auto all = run_task(store->generations().list_generations(account.id, {}, {}));
    const auto pending = run_task(
        store->generations().list_generations(account.id, {.state = GenerationState::Held}, {}));
    const auto found = run_task(
        store->generations().list_generations(account.id, {.text = "bình minh"}, {.limit = 1}));
    const auto none =
        run_task(store->generations().list_generations(account.id, {.text = "100%"}, {}));

    ASSERT_EQ(all->items.size(), 2U);
    EXPECT_EQ(all->items[0].id, second);
    ASSERT_EQ(pending->items.size(), 1U);
    EXPECT_EQ(pending->items[0].id, second);
    ASSERT_EQ(found->items.size(), 1U);
    ASSERT_TRUE(found->next_cursor);
    const auto rest = run_task(store->generations().list_generations(
        account.id, {.text = "bình minh"}, {.limit = 1, .cursor = *found->next_cursor}));
    ASSERT_EQ(rest->items.size(), 1U);
    EXPECT_EQ(rest->items[0].id, first);
    EXPECT_FALSE(rest->next_cursor);
    EXPECT_TRUE(none->items.empty());
}

}  // namespace imagify::testing
