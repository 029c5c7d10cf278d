#include "api/cognito_fixture.hpp"
#include "base/mutant.hpp"

namespace imagify::testing {
namespace {

using std::chrono::seconds;

TEST_F(CognitoApiTest, TokenOfThePoolSpeaksForItsOwner) {
    const auto session = confirmed();
    const auto id = boost::json::serialize(get("/user/me", session).json().at("id"));

    for (const auto* use : {"id", "access"}) {
        const auto answer = get("/user/me", pool.token("an@example.vn", use));
        ASSERT_EQ(answer.status, 200U) << use;
        EXPECT_EQ(boost::json::serialize(answer.json().at("id")), id);
    }
}

TEST_F(CognitoApiTest, TokenMakesOneAccountOnFirstSight) {
    pool.add_confirmed("bo@example.vn", kPassword);
    const Call call{.method = http::Method::Get,
                    .target = "/user/credits",
                    .token = pool.token("bo@example.vn", "access")};

    for (const auto& answer : call_together(std::vector<Call>(5, call))) {
        // Whoever comes between the account and its gift sees none yet.
        ASSERT_EQ(answer.status, 200U) << answer.body;
    }
    EXPECT_EQ(get("/user/credits", call.token).number("credits"), config.signup_credits.count);
    expect_balanced_books();
}

TEST_F(CognitoApiTest, LogOutEverywhereEndsTokensOfThePool) {
    const auto session = confirmed();
    const auto before = pool.token("an@example.vn", "id");
    clock.advance(seconds(5));
    ASSERT_EQ(get("/user/me", before).status, 200U);

    EXPECT_EQ(post("/auth/logout-all", "", session).status, 204U);
    EXPECT_EQ(pool.operations.back(), "AdminUserGlobalSignOut");
    EXPECT_EQ(get("/user/me", before).status, 401U);
    clock.advance(seconds(1));
    EXPECT_EQ(get("/user/me", pool.token("an@example.vn", "id")).status, 200U);
    plant_mutant("cognito.log_ins_never_end");
    EXPECT_EQ(get("/user/me", before).status, 200U);
    plant_mutant("");
}

TEST_F(CognitoApiTest, LogInsEndHereEvenWhenCognitoDoesNotAnswer) {
    const auto session = confirmed();
    const auto before = pool.token("an@example.vn", "id");
    ASSERT_EQ(get("/user/me", before).status, 200U);
    pool.faults["AdminUserGlobalSignOut"] = "NotAuthorizedException";

    EXPECT_EQ(post("/auth/logout-all", "", session).status, 204U);
    EXPECT_EQ(get("/user/me", session).status, 401U);
    EXPECT_EQ(get("/user/me", before).status, 401U);
}

TEST_F(CognitoApiTest, TokenOfAnotherPoolIsNobodys) {
    FakeUserPool other(clock);
    other.add_confirmed("an@example.vn", kPassword);
    confirmed();
    EXPECT_EQ(get("/user/me", other.token("an@example.vn", "id")).status, 401U);
    start(nullptr);
    EXPECT_EQ(get("/user/me", pool.token("an@example.vn", "id")).status, 401U);
}

TEST_F(CognitoApiTest, AccountMovesToAnAddressOnBothSides) {
    const auto token = confirmed();
    EXPECT_EQ(
        post("/auth/change-email",
             std::string(R"({"email":"new@example.vn","password":")") + kPassword + "\"}", token)
            .status,
        202U);
    const auto due = run_task(storage.store->due_mails(clock.now(), 100));
    ASSERT_TRUE(due);
    std::string link;
    for (const auto& mail : *due) {
        if (mail.kind == MailKind::ChangeEmail) link = backend->links().text_of(mail.link);
    }
    ASSERT_FALSE(link.empty());
    const auto moved = post("/auth/verify-email", R"({"token":")" + link + "\"}");

    EXPECT_EQ(moved.status, 200U) << moved.body;
    EXPECT_TRUE(pool.knows("new@example.vn"));
    EXPECT_FALSE(pool.knows("an@example.vn"));
    EXPECT_EQ(me(token, "email"), R"("new@example.vn")");
    EXPECT_EQ(log_in("new@example.vn", kPassword).status, 200U);
}

}  // namespace
}  // namespace imagify::testing
