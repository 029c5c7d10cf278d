#include "contract/store/credentials_fixture.hpp"

namespace imagify::testing {
namespace {

using enum LinkPurpose;
using std::chrono::hours;
using std::chrono::milliseconds;

class LinkContract : public CredentialContract {};

TEST_P(LinkContract, LinkIsKeptWithItsLetterUntilItExpires) {
    const auto account = make_account();
    const auto mailed = link_to(account.id, account.email);
    ASSERT_TRUE(run_task(credentials().open_link(mailed)));

    const auto found = run_task(credentials().find_link(mailed.link.id, clock.now()));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->user_id, account.id);
    EXPECT_EQ(found->purpose, VerifyEmail);
    EXPECT_EQ(found->email, account.email);
    EXPECT_EQ(mails(), std::vector<std::string>{"verify_email an@example.vn"});
    clock.advance(hours(24) - milliseconds(1));
    EXPECT_TRUE(run_task(credentials().find_link(mailed.link.id, clock.now())));
    clock.advance(milliseconds(1));
    EXPECT_EQ(run_task(credentials().find_link(mailed.link.id, clock.now())).error().code,
              "auth.link_invalid");
    EXPECT_EQ(follow(mailed.link.id).error().code, "auth.link_invalid");
}

TEST_P(LinkContract, FollowingALinkProvesTheAddressAndBringsTheGiftOnce) {
    const auto account = make_waiting("an@example.vn");
    EXPECT_FALSE(account.email_verified);
    EXPECT_EQ(account.gift_pending, Credits{5});
    const auto link = opened(account.id, account.email);

    const auto first = follow(link);
    const auto again = follow(link);

    ASSERT_TRUE(first);
    EXPECT_EQ(first->gift, Credits{5});
    EXPECT_TRUE(first->account.email_verified);
    EXPECT_EQ(first->account.gift_pending, Credits{0});
    EXPECT_EQ(again.error().code, "auth.link_invalid");
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
    const auto later = follow(opened(account.id, account.email));
    ASSERT_TRUE(later);
    EXPECT_EQ(later->gift, Credits{0});
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
}

TEST_P(LinkContract, ProviderProvesTheAddressAndBringsTheGiftOnce) {
    const auto account = make_waiting("an@example.vn");
    const auto link = opened(account.id, account.email);
    const auto prove = [&](const std::string& email) {
        return run_task(credentials().prove_email(account.id, *Email::parse(email), clock.now()));
    };

    EXPECT_EQ(prove("bo@example.vn").error().code, "account.not_found");
    const auto first = prove("an@example.vn");
    const auto again = prove("an@example.vn");

    ASSERT_TRUE(first);
    EXPECT_EQ(first->gift, Credits{5});
    EXPECT_TRUE(first->account.email_verified);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->gift, Credits{0});
    EXPECT_EQ(follow(link).error().code, "auth.link_invalid");
    EXPECT_EQ(balance_of(account.id), (Balance{{5}, {0}}));
}

TEST_P(LinkContract, NewerLinkOfAPurposeEndsTheOlderOne) {
    const auto account = make_account();
    const auto reset_link = opened(account.id, account.email, ResetPassword);
    const auto older = opened(account.id, account.email);
    const auto newer = opened(account.id, account.email);

    EXPECT_EQ(follow(older).error().code, "auth.link_invalid");
    EXPECT_TRUE(run_task(credentials().find_link(reset_link, clock.now())));
    EXPECT_TRUE(follow(newer));
}

TEST_P(LinkContract, LinkOfOnePurposeDoesNothingElse) {
    const auto account = make_account();
    const auto verify = opened(account.id, account.email);
    const auto reset_link = opened(account.id, account.email, ResetPassword);

    EXPECT_EQ(reset(verify).error().code, "auth.link_invalid");
    EXPECT_EQ(follow(reset_link).error().code, "auth.link_invalid");
    EXPECT_EQ(login_of(account.id).password_hash, "hash");
    EXPECT_FALSE(run_task(store->accounts().find_account(account.id))->email_verified);
}

TEST_P(LinkContract, AccountMovesWhenTheNewAddressIsProvedAndTheOldOneIsTold) {
    const auto account = make_account("an@example.vn");
    const auto old_reset = opened(account.id, account.email, ResetPassword);
    const auto link = opened(account.id, "new@example.vn", ChangeEmail);
    EXPECT_EQ(run_task(store->accounts().find_account(account.id))->email, "an@example.vn");

    const auto moved = follow(link);

    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->account.email, "new@example.vn");
    EXPECT_TRUE(moved->account.email_verified);
    EXPECT_TRUE(run_task(credentials().find_login(*Email::parse("new@example.vn"))));
    EXPECT_FALSE(run_task(credentials().find_login(*Email::parse("an@example.vn"))));
    EXPECT_EQ(mails().back(), "email_changed an@example.vn");
    // What lies in the old mailbox does not lead back in.
    EXPECT_EQ(reset(old_reset).error().code, "auth.link_invalid");
}

TEST_P(LinkContract, LinkToAnAddressThatWasLeftProvesNothing) {
    const auto account = make_account("an@example.vn");
    const auto move = opened(account.id, "new@example.vn", ChangeEmail);
    const auto verify = link_to(account.id, "an@example.vn");
    ASSERT_TRUE(follow(move));
    ASSERT_TRUE(run_task(credentials().open_link(verify)));

    EXPECT_EQ(follow(verify.link.id).error().code, "auth.link_invalid");
    EXPECT_EQ(run_task(store->accounts().find_account(account.id))->email, "new@example.vn");
}

TEST_P(LinkContract, TakenAddressIsToldAndNothingElseShows) {
    const auto an = make_account("an@example.vn");
    make_account("bo@example.vn");

    const auto mailed = link_to(an.id, "bo@example.vn", ChangeEmail);
    EXPECT_TRUE(run_task(credentials().open_link(mailed)));

    EXPECT_EQ(mails(), std::vector<std::string>{"email_in_use bo@example.vn"});
    EXPECT_EQ(follow(mailed.link.id).error().code, "auth.link_invalid");
}

TEST_P(LinkContract, AddressThatIsTakenMeanwhileIsNotTakenOver) {
    const auto an = make_account("an@example.vn");
    const auto link = opened(an.id, "bo@example.vn", ChangeEmail);
    const auto bo = make_account("bo@example.vn");

    EXPECT_EQ(follow(link).error().code, "account.email_taken");

    EXPECT_EQ(run_task(store->accounts().find_account(an.id))->email, "an@example.vn");
    EXPECT_EQ(run_task(credentials().find_login(*Email::parse("bo@example.vn")))->id, bo.id);
}

TEST_P(LinkContract, ResetChangesThePasswordOnceEndsSessionsAndProvesTheAddress) {
    const auto account = make_waiting("an@example.vn");
    const auto session = open(account.id);
    const auto verify = opened(account.id, account.email);
    auto mailed = link_to(UserId(), account.email, ResetPassword);
    ASSERT_TRUE(run_task(credentials().open_reset(*Email::parse(account.email), mailed)));

    const auto done = reset(mailed.link.id);

    ASSERT_TRUE(done);
    EXPECT_EQ(done->gift, Credits{5});
    EXPECT_TRUE(done->account.email_verified);
    EXPECT_EQ(login_of(account.id).password_hash, "new hash");
    EXPECT_FALSE(lives(session));
    EXPECT_EQ(done->account.session_epoch, account.session_epoch + 1);
    EXPECT_EQ(done->account.sessions_ended_at, clock.now());
    EXPECT_EQ(mails().back(), "password_changed an@example.vn");
    EXPECT_EQ(reset(mailed.link.id, "other").error().code, "auth.link_invalid");
    EXPECT_EQ(follow(verify).error().code, "auth.link_invalid");
    EXPECT_EQ(login_of(account.id).password_hash, "new hash");
}

TEST_P(LinkContract, ResetForNobodySendsNothingAndLooksTheSame) {
    const auto gone = make_account("gone@example.vn");
    ASSERT_TRUE(remove(gone.id));
    const auto before = mails();
    for (const auto* email : {"gone@example.vn", "never@example.vn"}) {
        const auto mailed = link_to(UserId(), email, ResetPassword);
        EXPECT_TRUE(run_task(credentials().open_reset(*Email::parse(email), mailed)));
        EXPECT_FALSE(run_task(credentials().find_link(mailed.link.id, clock.now())));
    }
    EXPECT_EQ(mails(), before);
}

TEST_P(LinkContract, LinkOfNobodyIsRefused) {
    const auto opened = run_task(credentials().open_link(link_to(UserId("u_0"), "an@example.vn")));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "account.not_found");
    EXPECT_TRUE(mails().empty());
}

INSTANTIATE_TEST_SUITE_P(Stores, LinkContract, ::testing::ValuesIn(store_kinds()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace imagify::testing
