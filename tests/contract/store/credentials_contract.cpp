#include "contract/store/credentials_fixture.hpp"

namespace imagify::testing {
namespace {

TEST_P(CredentialContract, PasswordChangeEndsEverySessionButItsOwn) {
    const auto account = make_account();
    const auto before = open(account.id);
    const auto session = session_of(account.id);

    const auto changed = run_task(credentials().change_password({.user_id = account.id,
                                                                 .password_hash = "new hash",
                                                                 .notice = mail_id(),
                                                                 .session = session,
                                                                 .now = clock.now()}));

    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->session_epoch, account.session_epoch + 1);
    EXPECT_EQ(changed->sessions_ended_at, clock.now());
    EXPECT_EQ(login_of(account.id).password_hash, "new hash");
    EXPECT_FALSE(lives(before));
    EXPECT_TRUE(lives(session));
    EXPECT_EQ(mails(), std::vector<std::string>{"password_changed an@example.vn"});
}

TEST_P(CredentialContract, SecretCountsFromWhenItIsEnabled) {
    const auto account = make_account();
    EXPECT_EQ(run_task(credentials().enable_otp(account.id, {.otp_step = 1}, {"r"}, mail_id(),
                                                clock.now()))
                  .error()
                  .code,
              "mfa.not_set_up");
    ASSERT_TRUE(run_task(credentials().keep_otp_secret(account.id, "older")));
    ASSERT_TRUE(run_task(credentials().keep_otp_secret(account.id, "sealed")));
    EXPECT_FALSE(login_of(account.id).otp_enabled);

    ASSERT_TRUE(run_task(credentials().enable_otp(account.id, {.otp_step = 100}, {"r1", "r2"},
                                                  mail_id(), clock.now())));

    const auto record = login_of(account.id);
    EXPECT_TRUE(record.otp_enabled);
    EXPECT_EQ(record.otp_secret, "sealed");
    EXPECT_EQ(record.otp_last_step, 100);
    EXPECT_EQ(run_task(credentials().recovery_codes_left(account.id)), 2);
    EXPECT_EQ(mails(), std::vector<std::string>{"mfa_enabled an@example.vn"});
    EXPECT_TRUE(run_task(store->accounts().find_account(account.id))->mfa_enabled);
}

TEST_P(CredentialContract, EnabledSecretIsNotReplaced) {
    const auto account = make_account();
    enable_otp(account.id);

    EXPECT_EQ(run_task(credentials().keep_otp_secret(account.id, "other")).error().code,
              "mfa.already_enabled");
    EXPECT_EQ(run_task(credentials().enable_otp(account.id, {.otp_step = 200}, {"x"}, mail_id(),
                                                clock.now()))
                  .error()
                  .code,
              "mfa.already_enabled");
    EXPECT_EQ(login_of(account.id).otp_secret, "sealed");
    EXPECT_EQ(login_of(account.id).otp_last_step, 100);
    EXPECT_EQ(run_task(credentials().recovery_codes_left(account.id)), 2);
}

TEST_P(CredentialContract, EachFactorAllowsOneThing) {
    const auto account = make_account();
    enable_otp(account.id);
    const auto log_in = [&](SpentFactor factor) {
        return run_task(store->sessions().open_session(session_of(account.id), factor));
    };
    const auto sessions = [&] {
        return run_task(store->sessions().list_sessions(account.id, clock.now()))->size();
    };

    EXPECT_TRUE(log_in({.otp_step = 101}));
    EXPECT_TRUE(log_in({.recovery_hash = "r1"}));
    EXPECT_EQ(sessions(), 2U);

    for (const auto& used :
         {SpentFactor{.otp_step = 101}, SpentFactor{.otp_step = 100},
          SpentFactor{.recovery_hash = "r1"}, SpentFactor{.recovery_hash = "never"}}) {
        EXPECT_EQ(log_in(used).error().code, "auth.otp_invalid");
        EXPECT_EQ(remove(account.id, used).error().code, "auth.otp_invalid");
        const auto changed = run_task(credentials().change_password({.user_id = account.id,
                                                                     .password_hash = "new",
                                                                     .factor = used,
                                                                     .notice = mail_id(),
                                                                     .session = {},
                                                                     .now = clock.now()}));
        EXPECT_EQ(changed.error().code, "auth.otp_invalid");
        EXPECT_EQ(run_task(credentials().disable_otp(account.id, used, mail_id(), clock.now()))
                      .error()
                      .code,
                  "auth.otp_invalid");
    }
    EXPECT_EQ(sessions(), 2U);
    EXPECT_EQ(login_of(account.id).password_hash, "hash");
    EXPECT_TRUE(login_of(account.id).otp_enabled);
    EXPECT_EQ(run_task(credentials().recovery_codes_left(account.id)), 1);
    EXPECT_EQ(run_task(credentials().has_recovery_code(account.id, "r1")), false);
    EXPECT_EQ(run_task(credentials().has_recovery_code(account.id, "r2")), true);
}

TEST_P(CredentialContract, RecoveryCodesAreTheirOwnersAlone) {
    const auto an = make_account("an@example.vn");
    const auto bo = make_account("bo@example.vn");
    enable_otp(an.id, {"r1"});
    enable_otp(bo.id, {"r2"});

    EXPECT_EQ(run_task(credentials().has_recovery_code(bo.id, "r1")), false);
    EXPECT_FALSE(
        run_task(store->sessions().open_session(session_of(bo.id), {.recovery_hash = "r1"})));
    EXPECT_EQ(run_task(credentials().recovery_codes_left(an.id)), 1);
}

TEST_P(CredentialContract, ResealedSecretReplacesTheFormerUnlessThatHasChanged) {
    const auto account = make_account();
    enable_otp(account.id);
    const auto kept = run_task(credentials().sealed_otps({}, 10));
    ASSERT_TRUE(kept && kept->size() == 1);

    EXPECT_TRUE(run_task(credentials().reseal_otp(kept->front(), "sealed anew")));
    EXPECT_TRUE(run_task(credentials().reseal_otp(kept->front(), "too late")));

    EXPECT_EQ(login_of(account.id).otp_secret, "sealed anew");
    EXPECT_TRUE(run_task(credentials().sealed_otps(account.id, 10))->empty());
}

TEST_P(CredentialContract, DisabledFactorLeavesNothing) {
    const auto account = make_account();
    enable_otp(account.id);

    EXPECT_TRUE(
        run_task(credentials().disable_otp(account.id, {.otp_step = 101}, mail_id(), clock.now())));

    const auto record = login_of(account.id);
    EXPECT_FALSE(record.otp_enabled);
    EXPECT_EQ(record.otp_secret, "");
    EXPECT_EQ(run_task(credentials().recovery_codes_left(account.id)), 0);
    EXPECT_EQ(mails().back(), "mfa_disabled an@example.vn");
    EXPECT_EQ(
        run_task(credentials().disable_otp(account.id, {}, mail_id(), clock.now())).error().code,
        "mfa.not_enabled");
}

TEST_P(CredentialContract, DeletionReleasesBooksOutAndErases) {
    const auto account = make_account("an@example.vn", {5});
    ASSERT_TRUE(hold(account.id));
    const auto link = opened(account.id, account.email);
    const auto session = open(account.id);
    enable_otp(account.id);

    ASSERT_TRUE(remove(account.id));

    EXPECT_EQ(balance_of(account.id), (Balance{{0}, {0}}));
    const auto entries = run_task(store->ledger().list_entries(account.id, {}));
    EXPECT_EQ(entries->items.front().kind, LedgerKind::Adjust);
    EXPECT_EQ(entries->items.front().delta, Credits{-5});
    EXPECT_FALSE(lives(session));
    EXPECT_EQ(follow(link).error().code, "auth.link_invalid");
    EXPECT_FALSE(run_task(credentials().find_login(*Email::parse("an@example.vn"))));
    EXPECT_FALSE(run_task(credentials().find_login_of(account.id)));
    EXPECT_EQ(run_task(credentials().recovery_codes_left(account.id)), 0);
    EXPECT_EQ(mails(), std::vector<std::string>{"account_deleted an@example.vn"});
    EXPECT_EQ(remove(account.id).error().code, "account.not_found");
}

TEST_P(CredentialContract, AccountWithAnOpenPaymentStays) {
    const auto account = make_account();
    make_order(account.id);

    EXPECT_EQ(remove(account.id).error().code, "account.payment_open");

    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
    EXPECT_TRUE(run_task(credentials().find_login(*Email::parse("an@example.vn"))));
}

TEST_P(CredentialContract, MoneyForADeletedAccountIsPutBeforeAPerson) {
    const auto account = make_account();
    const auto order = make_order(account.id);
    ASSERT_TRUE(run_task(store->orders().mark_order(
        {.order_id = order.id, .status = OrderStatus::Failed, .now = clock.now()})));
    ASSERT_TRUE(remove(account.id));

    EXPECT_TRUE(run_task(store->orders().settle_order(proof_of(order))));

    const auto cases = run_task(store->reviews().reviews_of(order.id));
    ASSERT_TRUE(cases);
    ASSERT_EQ(cases->size(), 1U);
    EXPECT_EQ(cases->front().reason, PaymentFailure::PaidLate);
}

// Each of these may have begun before the deletion, and come to the store after it.
TEST_P(CredentialContract, DeletedAccountTakesNothingMore) {
    const auto account = make_account();
    ASSERT_TRUE(remove(account.id));
    const auto letters = mails();

    const auto changed = run_task(credentials().change_password({.user_id = account.id,
                                                                 .password_hash = "new",
                                                                 .notice = mail_id(),
                                                                 .session = session_of(account.id),
                                                                 .now = clock.now()}));
    const auto kept = run_task(credentials().keep_otp_secret(account.id, "sealed"));
    const auto linked = run_task(
        credentials().open_link(link_to(account.id, "x@example.vn", LinkPurpose::ChangeEmail)));
    const auto renamed = run_task(
        store->accounts().update_profile(account.id, {.name = "An", .locale = std::nullopt}));

    const auto code = [](const auto& outcome) {
        return outcome ? std::string("done") : outcome.error().code;
    };
    EXPECT_EQ(code(changed), "account.not_found");
    EXPECT_EQ(code(kept), "account.not_found");
    EXPECT_EQ(code(linked), "account.not_found");
    EXPECT_EQ(code(renamed), "account.not_found");
    EXPECT_FALSE(hold(account.id));
    EXPECT_EQ(mails(), letters);
}

TEST_P(CredentialContract, DueLetterIsOneSendersUntilItsClaimEnds) {
    const auto account = make_account("an@example.vn");
    enable_otp(account.id);
    auto& outbox = store->outbox();
    const auto due = run_task(outbox.due_mails(clock.now(), 10));
    ASSERT_TRUE(due);
    ASSERT_EQ(due->size(), 1U);
    const auto id = due->front().id;
    const auto claim = [&] {
        return run_task(outbox.claim_mail(id, clock.now(), clock.now() + std::chrono::minutes(2)));
    };

    EXPECT_EQ(claim(), true);
    EXPECT_EQ(claim(), false);
    EXPECT_TRUE(run_task(outbox.due_mails(clock.now(), 10))->empty());

    clock.advance(std::chrono::minutes(2));
    ASSERT_EQ(run_task(outbox.due_mails(clock.now(), 10))->size(), 1U);
    EXPECT_EQ(run_task(outbox.due_mails(clock.now(), 10))->front().attempts, 0);
    EXPECT_EQ(claim(), true);
    EXPECT_TRUE(run_task(outbox.remove_mail(id)));
    clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(claim(), false);
}

INSTANTIATE_TEST_SUITE_P(Stores, CredentialContract, ::testing::ValuesIn(store_kinds()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace imagify::testing
