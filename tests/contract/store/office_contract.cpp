#include "contract/store/store_fixture.hpp"

namespace imagify::testing {

TEST_P(StoreContract, FiguresCountWhatHappened) {
    const auto account = make_account("an@example.vn", {5});
    make_account("binh@example.vn", {5});
    make_order(account.id);
    const auto kept = make_paid_order(account.id, "1");
    const auto given_back = make_paid_order(account.id, "2");
    const auto refund = run_task(store->refunds().open_refund({.id = RefundId("R1"),
                                                               .order_id = given_back.id,
                                                               .credits = {{40}},
                                                               .act = act(),
                                                               .first_check_at = clock.now()}));
    ASSERT_TRUE(refund);

    const auto before = run_task(store->office().figures(clock.now()));
    ASSERT_TRUE(run_task(store->refunds().close_refund(
        {.id = refund->refund.id, .to = RefundState::Done, .now = clock.now()})));
    const auto after = run_task(store->office().figures(clock.now()));

    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->accounts, 2);
    EXPECT_EQ(before->active_accounts, 1);
    EXPECT_EQ(before->credits_sold, Credits{200});
    EXPECT_EQ(before->paid_orders, 2);
    EXPECT_EQ(before->open_orders, 1);
    EXPECT_EQ(before->open_refunds, 1);
    EXPECT_EQ(before->revenue, Vnd{500'000});
    EXPECT_EQ(before->credits_outstanding, Credits{210});
    EXPECT_EQ(after->revenue, Vnd{400'000});
    EXPECT_EQ(after->refunded, Vnd{100'000});
    EXPECT_EQ(after->open_refunds, 0);
    EXPECT_EQ(after->credits_outstanding, Credits{170});
}

TEST_P(StoreContract, WhoPaintsOrPaysIsActiveForThirtyDays) {
    const auto painter = make_account("an@example.vn", {5});
    const auto buyer = make_account("binh@example.vn", {5});
    make_account("chi@example.vn", {5});
    const auto active = [this] {
        const auto figures = run_task(store->office().figures(clock.now()));
        EXPECT_TRUE(figures);
        return figures ? figures->active_accounts : -1;
    };
    EXPECT_EQ(active(), 0);

    ASSERT_TRUE(hold(painter.id));
    EXPECT_EQ(active(), 1);
    clock.advance(std::chrono::days(20));
    make_paid_order(buyer.id);
    EXPECT_EQ(active(), 2);
    ASSERT_TRUE(hold(buyer.id));
    EXPECT_EQ(active(), 2);
    clock.advance(std::chrono::days(11));
    EXPECT_EQ(active(), 1);
    clock.advance(std::chrono::days(20));
    EXPECT_EQ(active(), 0);
}

TEST_P(StoreContract, AccountsAreFoundByPartOfTheAddressOrById) {
    const auto an = make_account("an@example.vn");
    const auto binh = make_account("binh@example.vn");
    const auto found = [this](const std::string& text) {
        std::vector<std::string> emails;
        const auto page = run_task(store->office().list_accounts(text, {}));
        EXPECT_TRUE(page);
        for (const auto& account : page->items) emails.push_back(account.email);
        return emails;
    };

    EXPECT_EQ(found("").size(), 2U);
    EXPECT_EQ(found("BINH"), std::vector<std::string>{"binh@example.vn"});
    EXPECT_EQ(found(an.id.text()), std::vector<std::string>{"an@example.vn"});
    EXPECT_TRUE(found("%").empty());
    EXPECT_TRUE(found("' OR 1=1 --").empty());
}

TEST_P(StoreContract, OrdersOfAllAreListedWithTheirAccount) {
    const auto an = make_account("an@example.vn");
    const auto binh = make_account("binh@example.vn");
    const auto pending = make_order(an.id);
    const auto paid = make_paid_order(binh.id, "14226112");
    const auto list = [this](OrderFilter filter) {
        const auto page = run_task(store->office().list_order_records(std::move(filter), {}));
        EXPECT_TRUE(page);
        return page->items;
    };

    EXPECT_EQ(list({}).size(), 2U);
    const auto only_paid = list({.status = OrderStatus::Paid});
    ASSERT_EQ(only_paid.size(), 1U);
    EXPECT_EQ(only_paid[0].email, "binh@example.vn");
    EXPECT_EQ(list({.text = "14226112"}).at(0).order.id, paid.id);
    EXPECT_EQ(list({.text = pending.id.text()}).at(0).order.id, pending.id);
    EXPECT_TRUE(list({.text = "nothing"}).empty());
}

TEST_P(StoreContract, OrderRecordShowsItsMessages) {
    const auto account = make_account();
    const auto order = make_paid_order(account.id, "7");

    const auto record = run_task(store->office().find_order_record(order.id));
    const auto notices = run_task(store->office().notices_of(order.id));

    ASSERT_TRUE(record);
    EXPECT_EQ(record->email, account.email);
    EXPECT_FALSE(record->refund);
    ASSERT_EQ(notices->size(), 1U);
    EXPECT_EQ(notices->front().verdict, "paid");
    EXPECT_EQ(notices->front().evidence, "vnp_TransactionNo=7");
    EXPECT_EQ(run_task(store->office().find_order_record(OrderId("none"))).error().code,
              "order.not_found");
}

TEST_P(StoreContract, RoleIsGivenAndTakenWithANote) {
    const auto account = make_account("an@example.vn");
    const auto email = *Email::parse("an@example.vn");

    const auto given = run_task(store->office().set_role(email, Role::Admin, act("first")));
    const auto taken = run_task(store->office().set_role(email, Role::User, act("left")));
    const auto nobody =
        run_task(store->office().set_role(*Email::parse("nobody@example.vn"), Role::Admin, act()));

    ASSERT_TRUE(given && taken);
    EXPECT_EQ(given->role, Role::Admin);
    EXPECT_EQ(taken->role, Role::User);
    EXPECT_EQ(nobody.error().code, "account.not_found");
    const auto audit = run_task(store->office().list_audit({.limit = 1}));
    ASSERT_EQ(audit->items.size(), 1U);
    EXPECT_EQ(audit->items[0].note, "left");
    ASSERT_TRUE(audit->next_cursor);
    const auto rest =
        run_task(store->office().list_audit({.limit = 5, .cursor = *audit->next_cursor}));
    ASSERT_EQ(rest->items.size(), 1U);
    EXPECT_EQ(rest->items[0].note, "first");
}

}  // namespace imagify::testing
