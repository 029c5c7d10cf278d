// Letters with links: proving an address, moving to another, choosing a new password.
#include "api/credentials_fixture.hpp"

namespace imagify::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

std::string link(const std::string& token) { return R"({"token":")" + token + "\"}"; }

std::string with_new(const std::string& token, const std::string& password) {
    return R"({"token":")" + token + R"(","password":")" + password + "\"}";
}

TEST_F(CredentialsTest, LinkOfTheFirstLetterProvesTheAddressOnce) {
    const auto token = sign_up();
    EXPECT_EQ(get("/user/me", token).json().at("emailVerified"), false);
    const auto mailed = mailed_token(MailKind::VerifyEmail);

    const auto first = post("/auth/verify-email", link(mailed));
    const auto again = post("/auth/verify-email", link(mailed));

    EXPECT_EQ(first.status, 200U) << first.body;
    EXPECT_EQ(first.text("email"), "an@example.vn");
    EXPECT_EQ(first.headers.get("Cache-Control"), "no-store");
    EXPECT_EQ(again.status, 422U);
    EXPECT_EQ(again.text("code"), "auth.link_invalid");
    EXPECT_EQ(get("/user/me", token).json().at("emailVerified"), true);
    EXPECT_EQ(post("/auth/resend-verification", "", token).text("code"),
              "account.already_verified");
}

TEST_F(CredentialsTest, GiftArrivesWithTheProofWhereItHasTo) {
    serve(GiftTime::Verification);
    const auto token = sign_up();
    EXPECT_EQ(credits(token), 0);

    const auto verified = post("/auth/verify-email", link(mailed_token(MailKind::VerifyEmail)));

    EXPECT_EQ(verified.number("giftCredits"), 5);
    EXPECT_EQ(credits(token), 5);
}

TEST_F(CredentialsTest, LinkThatIsNotOursChangesNothing) {
    sign_up();
    const auto mailed = mailed_token(MailKind::VerifyEmail);
    for (const auto& wrong : {std::string(), std::string("x"), mailed + "A", mailed.substr(1),
                              std::string(60'000, 'a'), "B" + mailed.substr(1)}) {
        const auto answer = post("/auth/verify-email", link(wrong));
        EXPECT_EQ(answer.status, 422U) << wrong.substr(0, 80);
        EXPECT_EQ(answer.text("code"), "auth.link_invalid");
        EXPECT_EQ(post("/auth/reset-password", with_new(wrong, "another long phrase")).text("code"),
                  "auth.link_invalid");
    }
    EXPECT_EQ(post("/auth/reset-password", with_new(mailed, "another long phrase")).text("code"),
              "auth.link_invalid");
    EXPECT_EQ(post("/auth/verify-email", "{}").text("code"), "validation.failed");
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 200U);
}

TEST_F(CredentialsTest, ResentLetterReplacesTheLinkAndThreeGoOutInAnHour) {
    const auto token = sign_up();
    const auto first = mailed_token(MailKind::VerifyEmail);
    for (int i = 0; i < 3; ++i) {
        clock.advance(seconds(1));
        EXPECT_EQ(post("/auth/resend-verification", "", token).status, 202U) << i;
    }
    const auto refused = post("/auth/resend-verification", "", token);

    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.text("code"), "rate.limited");
    EXPECT_FALSE(refused.headers.get("Retry-After").empty());
    EXPECT_EQ(post("/auth/verify-email", link(first)).status, 422U);
    EXPECT_EQ(post("/auth/verify-email", link(mailed_token(MailKind::VerifyEmail))).status, 200U);
    EXPECT_EQ(post("/auth/resend-verification", "").status, 401U);
}

TEST_F(CredentialsTest, ForgottenPasswordIsReplacedAndEverySessionEnds) {
    const auto token = sign_up();
    EXPECT_EQ(post("/auth/forgot-password", R"({"email":"AN@example.vn"})").status, 202U);
    const auto mailed = mailed_token(MailKind::ResetPassword);

    const auto weak = post("/auth/reset-password", with_new(mailed, "password1"));
    EXPECT_EQ(weak.json().at("errors").at("password"), "too_common");
    const auto done = post("/auth/reset-password", with_new(mailed, "another long phrase"));

    EXPECT_EQ(done.status, 204U) << done.body;
    EXPECT_FALSE(is_live(token));
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 401U);
    EXPECT_EQ(log_in("an@example.vn", "another long phrase").status, 200U);
    EXPECT_EQ(post("/auth/reset-password", with_new(mailed, "a third long phrase")).text("code"),
              "auth.link_invalid");
    EXPECT_EQ(log_in("an@example.vn", "another long phrase").status, 200U);
}

TEST_F(CredentialsTest, ResetLinkWorksForAnHour) {
    sign_up();
    post("/auth/forgot-password", R"({"email":"an@example.vn"})");
    const auto mailed = mailed_token(MailKind::ResetPassword);
    clock.advance(hours(1));
    EXPECT_EQ(post("/auth/reset-password", with_new(mailed, "another long phrase")).text("code"),
              "auth.link_invalid");
}

TEST_F(CredentialsTest, ForgottenPasswordOfNobodyLooksTheSame) {
    sign_up();
    // The fourth of an hour sends nothing, which does not show either.
    for (int i = 0; i < 5; ++i) {
        const auto known = post("/auth/forgot-password", R"({"email":"an@example.vn"})");
        const auto unknown = post("/auth/forgot-password", R"({"email":"bo@example.vn"})");
        EXPECT_EQ(known.status, 202U);
        EXPECT_EQ(unknown.status, known.status);
        EXPECT_EQ(unknown.body, known.body);
    }
    EXPECT_EQ(letters_to("bo@example.vn"), 0U);
    EXPECT_EQ(letters_to("an@example.vn"), 4U);
    EXPECT_EQ(post("/auth/forgot-password", R"({"email":"no address"})").status, 422U);
}

TEST_F(CredentialsTest, AccountMovesWhenTheNewAddressIsProved) {
    const auto token = sign_up();
    const auto asked =
        post("/auth/change-email", with_password(R"("email":"New@example.vn")"), token);
    EXPECT_EQ(asked.status, 202U) << asked.body;
    EXPECT_EQ(get("/user/me", token).text("email"), "an@example.vn");

    const auto moved =
        post("/auth/verify-email", link(mailed_token(MailKind::ChangeEmail, "new@example.vn")));

    EXPECT_EQ(moved.text("email"), "new@example.vn");
    EXPECT_EQ(get("/user/me", token).text("email"), "new@example.vn");
    EXPECT_EQ(log_in("new@example.vn", kPassword).status, 200U);
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 401U);
    EXPECT_EQ(letters_to("an@example.vn"), 2U);
}

TEST_F(CredentialsTest, MoveNeedsThePasswordAndAnotherAddress) {
    const auto token = sign_up();
    const auto ask = [&](const std::string& email, const std::string& password) {
        return post("/auth/change-email", with_password(R"("email":")" + email + '"', password),
                    token);
    };
    EXPECT_EQ(ask("new@example.vn", "not the password").text("code"), "auth.wrong_password");
    EXPECT_EQ(ask("AN@example.vn", kPassword).json().at("errors").at("email"), "unchanged");
    EXPECT_EQ(ask("no address", kPassword).json().at("errors").at("email"), "invalid");
    EXPECT_EQ(letters_to("new@example.vn"), 0U);
}

TEST_F(CredentialsTest, WhetherAnAddressIsTakenShowsOnlyToItsReader) {
    sign_up("bo@example.vn");
    const auto token = sign_up();

    const auto taken =
        post("/auth/change-email", with_password(R"("email":"bo@example.vn")"), token);
    const auto free =
        post("/auth/change-email", with_password(R"("email":"free@example.vn")"), token);

    EXPECT_EQ(taken.status, 202U);
    EXPECT_EQ(taken.body, free.body);
    EXPECT_EQ(letters_to("bo@example.vn"), 2U);
    EXPECT_EQ(mailed_token(MailKind::ChangeEmail, "bo@example.vn"), "");
}

}  // namespace
}  // namespace imagify::testing
