#include "contract/store/store_fixture.hpp"

namespace imagify::testing {

TEST_P(StoreContract, NewAccountHasItsGiftOnTheLedger) {
    const auto account = make_account("an@example.vn", {5});

    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
    const auto entries = run_task(store->ledger().list_entries(account.id, {}));
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->items.size(), 1U);
    EXPECT_EQ(entries->items[0].kind, LedgerKind::Grant);
    EXPECT_EQ(entries->items[0].delta, Credits{5});
}

TEST_P(StoreContract, AccountWithoutGiftHasAnEmptyLedger) {
    const auto account = make_account("an@example.vn", {0});

    EXPECT_EQ(balance_of(account.id), (Balance{{0}, {0}}));
    EXPECT_TRUE(run_task(store->ledger().list_entries(account.id, {}))->items.empty());
}

TEST_P(StoreContract, SecondAccountOfAnAddressIsRefusedAndGrantsNothing) {
    make_account("an@example.vn");

    const auto second =
        run_task(store->accounts().create_account({.id = UserId(new_ulid("u_", clock, random)),
                                                   .email = *Email::parse("AN@example.vn"),
                                                   .password_hash = "hash",
                                                   .gift = {5},
                                                   .created_at = clock.now()}));

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "account.email_taken");
}

TEST_P(StoreContract, MarkThatAGiftLeftKeepsTheNextOneAway) {
    const auto gifts = [&](const std::string& email, std::vector<std::string> marks) {
        const auto account =
            run_task(store->accounts().create_account({.id = UserId(new_ulid("u_", clock, random)),
                                                       .email = *Email::parse(email),
                                                       .password_hash = "hash",
                                                       .gift = {5},
                                                       .email_marks = std::move(marks),
                                                       .created_at = clock.now()}));
        return account->credits;
    };

    EXPECT_EQ(gifts("a@example.vn", {"present", "former"}), Credits{5});
    EXPECT_EQ(gifts("b@example.vn", {"present"}), Credits{0});
    EXPECT_EQ(gifts("c@example.vn", {"later", "present"}), Credits{0});
    EXPECT_EQ(gifts("d@example.vn", {"former"}), Credits{5});
}

TEST_P(StoreContract, LoginIsFoundByAddressOnly) {
    const auto account = make_account("an@example.vn");

    const auto found = run_task(store->credentials().find_login(*Email::parse("an@example.vn")));
    const auto missing = run_task(store->credentials().find_login(*Email::parse("bo@example.vn")));

    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, account.id);
    EXPECT_EQ(found->password_hash, "hash");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
}

TEST_P(StoreContract, ProfileChangeTouchesOnlyWhatIsGiven) {
    const auto account = make_account();

    const auto changed = run_task(store->accounts().update_profile(
        account.id, {.name = std::nullopt, .locale = Locale::English}));

    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->name, account.name);
    EXPECT_EQ(changed->locale, Locale::English);
    EXPECT_EQ(changed->credits, account.credits);
    EXPECT_EQ(changed->role, Role::User);
}

TEST_P(StoreContract, ManualEntryIsMadeOnceAndNeverBelowZero) {
    const auto account = make_account("an@example.vn", {5});
    const ManualEntry grant{.user_id = account.id,
                            .kind = LedgerKind::Grant,
                            .ref = "note-1",
                            .delta = {3},
                            .act = {"u_admin", "thanks", clock.now()}};

    const auto first = run_task(store->ledger().add_entry(grant));
    const auto second = run_task(store->ledger().add_entry(grant));
    const auto too_much = run_task(store->ledger().add_entry({.user_id = account.id,
                                                              .kind = LedgerKind::Adjust,
                                                              .ref = "note-2",
                                                              .delta = {-9},
                                                              .act = {"u_admin", "mistake", {}}}));

    ASSERT_TRUE(first);
    EXPECT_EQ(first->balance_after, Credits{8});
    EXPECT_EQ(second.error().code, "ledger.repeated");
    EXPECT_EQ(too_much.error().kind, ErrorKind::InsufficientCredits);
    EXPECT_EQ(balance_of(account.id), (Balance{{8}, {0}}));
}

TEST_P(StoreContract, LedgerPagesMeetWithoutGapOrOverlap) {
    const auto account = make_account();
    for (int i = 0; i < 7; ++i) {
        ASSERT_TRUE(run_task(store->ledger().add_entry({.user_id = account.id,
                                                        .ref = "g" + std::to_string(i),
                                                        .delta = {1},
                                                        .act = {"u_admin", "note", {}}})));
    }

    std::vector<std::int64_t> ids;
    PageRequest request{.limit = 3};
    for (;;) {
        const auto page = run_task(store->ledger().list_entries(account.id, request));
        ASSERT_TRUE(page);
        for (const auto& entry : page->items) ids.push_back(entry.id);
        if (!page->next_cursor) break;
        request.cursor = *page->next_cursor;
    }

    ASSERT_EQ(ids.size(), 8U);
    EXPECT_TRUE(std::ranges::is_sorted(ids, std::greater<>()));
    EXPECT_FALSE(run_task(store->ledger().list_entries(account.id, {.cursor = "1 OR 1=1"})));
}

}  // namespace imagify::testing
