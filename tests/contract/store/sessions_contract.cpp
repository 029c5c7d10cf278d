#include "contract/store/store_fixture.hpp"

namespace imagify::testing {
namespace {

class SessionContract : public StoreContract {
protected:
    Session session_of(const UserId& user) {
        return new_session(
            user,
            {.address = "203.0.113.7", .network = {}, .device = "Firefox", .device_token = {}},
            SessionId(new_ulid("s_", clock, random)), clock.now());
    }
    Session open(const UserId& user) {
        auto session = session_of(user);
        EXPECT_TRUE(run_task(store->sessions().open_session(session, {})));
        clock.advance(std::chrono::milliseconds(1));
        return session;
    }
    bool lives(const Session& session) {
        return run_task(store->sessions().find_session(session.user_id, session.id, clock.now()))
            .has_value();
    }
    std::vector<Session> list(const UserId& user) {
        return run_task(store->sessions().list_sessions(user, clock.now())).value();
    }
};

TEST_P(SessionContract, SessionLivesUntilItExpires) {
    const auto account = make_account();
    const auto session = session_of(account.id);
    ASSERT_TRUE(run_task(store->sessions().open_session(session, {})));

    const auto found =
        run_task(store->sessions().find_session(account.id, session.id, clock.now()));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->email, account.email);
    EXPECT_EQ(found->credits, account.credits);
    clock.advance(kSessionLifetime - std::chrono::milliseconds(1));
    EXPECT_TRUE(lives(session));
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_FALSE(lives(session));
    EXPECT_TRUE(list(account.id).empty());
}

TEST_P(SessionContract, SessionSpeaksForItsUserAlone) {
    const auto an = make_account("an@example.vn");
    const auto bo = make_account("bo@example.vn");
    const auto session = open(an.id);

    EXPECT_FALSE(run_task(store->sessions().find_session(bo.id, session.id, clock.now())));
    EXPECT_FALSE(run_task(store->sessions().find_session(an.id, SessionId("s_1"), clock.now())));
    EXPECT_FALSE(run_task(store->sessions().find_session(an.id, SessionId(""), clock.now())));
    EXPECT_EQ(run_task(store->sessions().end_session(bo.id, session.id)).error().code,
              "session.not_found");
    EXPECT_TRUE(lives(session));
}

TEST_P(SessionContract, ListHasWhatWasOpenedNewestFirst) {
    const auto account = make_account();
    const auto first = open(account.id);
    const auto second = open(account.id);

    const auto sessions = list(account.id);

    ASSERT_EQ(sessions.size(), 2U);
    EXPECT_EQ(sessions[0].id, second.id);
    EXPECT_EQ(sessions[1].id, first.id);
    EXPECT_EQ(sessions[1].address, "203.0.113.7");
    EXPECT_EQ(sessions[1].device, "Firefox");
    EXPECT_EQ(sessions[1].created_at, first.created_at);
    EXPECT_EQ(sessions[1].expires_at, first.expires_at);
    EXPECT_TRUE(list(make_account("bo@example.vn").id).empty());
}

TEST_P(SessionContract, OneEndsWithoutTheOthersAndOnce) {
    const auto account = make_account();
    const auto first = open(account.id);
    const auto second = open(account.id);

    EXPECT_TRUE(run_task(store->sessions().end_session(account.id, first.id)));

    EXPECT_FALSE(lives(first));
    EXPECT_TRUE(lives(second));
    EXPECT_EQ(run_task(store->sessions().end_session(account.id, first.id)).error().kind,
              ErrorKind::NotFound);
}

TEST_P(SessionContract, AllEndWithANewEpoch) {
    const auto account = make_account();
    const auto other = open(make_account("bo@example.vn").id);
    const auto first = open(account.id);
    const auto second = open(account.id);

    EXPECT_TRUE(run_task(store->sessions().end_all_sessions(account.id, clock.now())));

    EXPECT_FALSE(lives(first));
    EXPECT_FALSE(lives(second));
    EXPECT_TRUE(lives(other));
    const auto after = run_task(store->accounts().find_account(account.id));
    EXPECT_EQ(after->session_epoch, account.session_epoch + 1);
    EXPECT_EQ(account.sessions_ended_at, TimePoint{});
    EXPECT_EQ(after->sessions_ended_at, clock.now());
    EXPECT_EQ(run_task(store->sessions().end_all_sessions(UserId("u_0"), clock.now())).error().code,
              "account.not_found");
}

TEST_P(SessionContract, OldestEndsWhenThereAreTooMany) {
    const auto account = make_account();
    const auto oldest = open(account.id);
    const auto next = open(account.id);
    for (std::size_t i = 2; i < kSessionsPerUser; ++i) open(account.id);
    EXPECT_TRUE(lives(oldest));

    open(account.id);

    EXPECT_FALSE(lives(oldest));
    EXPECT_TRUE(lives(next));
    EXPECT_EQ(list(account.id).size(), kSessionsPerUser);
}

TEST_P(SessionContract, NobodyGoneOrUnknownHasASession) {
    const auto account = make_account();
    ASSERT_TRUE(run_task(store->credentials().delete_account(
        {.user_id = account.id, .notice = MailId("m_1"), .now = clock.now()})));

    for (const auto& user : {account.id, UserId("u_0")}) {
        const auto opened = run_task(store->sessions().open_session(session_of(user), {}));
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, "account.not_found");
    }
}

INSTANTIATE_TEST_SUITE_P(Stores, SessionContract, ::testing::ValuesIn(store_kinds()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace imagify::testing
