// What a person does to an account: passwords, second steps, devices, leaving.
#include "api/credentials_fixture.hpp"

namespace imagify::testing {
namespace {

using http::Method;
using std::chrono::seconds;

std::string code_of(const Answer& answer) { return answer.text("code"); }

class AccountTest : public CredentialsTest {
protected:
    Answer leave(const std::string& token, const std::string& body = with_password()) {
        return call({.method = Method::Delete, .target = "/user/me", .body = body, .token = token});
    }
    Answer change_password(const std::string& token, const std::string& present,
                           const std::string& wanted) {
        return post("/auth/change-password",
                    with_password(R"("newPassword":")" + wanted + '"', present), token);
    }
    boost::json::array sessions(const std::string& token) {
        return get("/user/sessions", token).json().at("items").as_array();
    }
    Answer end_session(const std::string& id, const std::string& token) {
        return call({.method = Method::Delete, .target = "/user/sessions/" + id, .token = token});
    }
};

TEST_F(AccountTest, NewPasswordEndsEveryOtherSession) {
    const auto other = sign_up();
    const auto token = log_in("an@example.vn", kPassword).text("token");

    EXPECT_EQ(code_of(change_password(token, "not the password", "another long phrase")),
              "auth.wrong_password");
    EXPECT_EQ(change_password(token, kPassword, "short").json().at("errors").at("newPassword"),
              "too_short");
    EXPECT_TRUE(is_live(token));
    const auto changed = change_password(token, kPassword, "another long phrase");

    EXPECT_EQ(changed.status, 200U);
    EXPECT_FALSE(is_live(other));
    EXPECT_FALSE(is_live(token));
    EXPECT_TRUE(is_live(changed.text("token")));
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 401U);
    EXPECT_EQ(log_in("an@example.vn", "another long phrase").status, 200U);
}

TEST_F(AccountTest, StolenSessionCannotGuessThePasswordForEver) {
    const auto token = sign_up();
    for (int i = 0; i < kFreeGuesses; ++i) {
        EXPECT_EQ(change_password(token, "guess", "another long phrase").status, 403U) << i;
    }
    for (const auto& answer :
         {change_password(token, kPassword, "another long phrase"), leave(token),
          post("/auth/mfa/setup", with_password(), token),
          post("/auth/change-email", with_password(R"("email":"x@example.vn")"), token)}) {
        EXPECT_EQ(answer.status, 429U);
        EXPECT_FALSE(answer.headers.get("Retry-After").empty());
    }
}

TEST_F(AccountTest, SecondStepIsAskedForAndUsedUp) {
    const auto token = sign_up();
    EXPECT_EQ(code_of(post("/auth/mfa/enable", R"({"otp":"123456"})", token)), "mfa.not_set_up");
    EXPECT_EQ(code_of(post("/auth/mfa/setup", with_password({}, "not the password"), token)),
              "auth.wrong_password");
    const auto secret = enable_mfa(token);
    EXPECT_EQ(recovery_codes.size(), kRecoveryCodes);
    EXPECT_EQ(get("/user/me", token).json().at("mfaEnabled"), true);

    EXPECT_EQ(code_of(log_in("an@example.vn", kPassword)), "auth.otp_required");
    EXPECT_EQ(code_of(log_in("an@example.vn", "wrong")), "auth.bad_credentials");
    EXPECT_EQ(code_of(log_in("an@example.vn", "wrong", otp(secret))), "auth.bad_credentials");
    const auto shown = otp(secret);
    EXPECT_EQ(log_in("an@example.vn", kPassword, shown).status, 200U);
    EXPECT_EQ(code_of(log_in("an@example.vn", kPassword, shown)), "auth.otp_invalid");
    EXPECT_EQ(log_in("an@example.vn", kPassword, shown).status, 401U);
    EXPECT_EQ(code_of(post("/auth/mfa/setup", with_password(), token)), "mfa.already_enabled");
}

TEST_F(AccountTest, WrongFirstOneTimePasswordEnablesNothing) {
    const auto token = sign_up();
    const auto secret = post("/auth/mfa/setup", with_password(), token).text("secret");
    const auto right = otp(secret);
    const auto wrong = right == "000000" ? "000001" : "000000";

    EXPECT_EQ(code_of(post("/auth/mfa/enable", R"({"otp":")" + std::string(wrong) + "\"}", token)),
              "auth.otp_invalid");

    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 200U);
    EXPECT_EQ(post("/auth/mfa/enable", R"({"otp":")" + right + "\"}", token).status, 200U);
    EXPECT_EQ(code_of(post("/auth/mfa/enable", R"({"otp":")" + right + "\"}", token)),
              "mfa.already_enabled");
}

TEST_F(AccountTest, RecoveryCodeStandsInForTheAppOnce) {
    enable_mfa(sign_up());

    EXPECT_EQ(log_in("an@example.vn", kPassword, recovery_codes[0]).status, 200U);
    EXPECT_EQ(code_of(log_in("an@example.vn", kPassword, recovery_codes[0])), "auth.otp_invalid");
    EXPECT_EQ(log_in("an@example.vn", kPassword, recovery_codes[1]).status, 200U);
}

TEST_F(AccountTest, SecondStepGuardsWhatCannotBeUndone) {
    const auto token = sign_up();
    const auto secret = enable_mfa(token);

    EXPECT_EQ(code_of(leave(token)), "auth.otp_required");
    EXPECT_EQ(code_of(change_password(token, kPassword, "another long phrase")),
              "auth.otp_required");
    EXPECT_EQ(code_of(post("/auth/mfa/disable", with_password(), token)), "auth.otp_required");
    EXPECT_EQ(code_of(post("/auth/mfa/disable", with_password(R"("otp":"000000")"), token)),
              "auth.otp_invalid");
    const auto shown = otp(secret);
    EXPECT_EQ(post("/auth/mfa/disable", with_password(R"("otp":")" + shown + '"'), token).status,
              204U);
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 200U);
    EXPECT_EQ(code_of(post("/auth/mfa/disable", with_password(), token)), "mfa.not_enabled");
}

TEST_F(AccountTest, ResetPasswordDoesNotGetRoundTheSecondStep) {
    const auto secret = enable_mfa(sign_up());
    post("/auth/forgot-password", R"({"email":"an@example.vn"})");
    const auto reset =
        post("/auth/reset-password", R"({"token":")" + mailed_token(MailKind::ResetPassword) +
                                         R"(","password":"another long phrase"})");
    EXPECT_EQ(reset.status, 204U);
    EXPECT_FALSE(reset.headers.get("Set-Cookie").starts_with("imagify_session=e"));

    EXPECT_EQ(code_of(log_in("an@example.vn", "another long phrase")), "auth.otp_required");
    EXPECT_EQ(log_in("an@example.vn", "another long phrase", otp(secret)).status, 200U);
}

TEST_F(AccountTest, SessionsAreListedAndEndedByTheirOwnerAlone) {
    const auto first = sign_up();
    clock.advance(seconds(1));
    const auto second = log_in("an@example.vn", kPassword).text("token");
    const auto stranger = sign_up("bo@example.vn");

    const auto items = sessions(second);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].at("current"), true);
    EXPECT_EQ(items[1].at("current"), false);
    const std::string id(items[1].at("id").as_string());
    EXPECT_EQ(end_session(id, stranger).status, 404U);
    EXPECT_TRUE(is_live(first));
    EXPECT_EQ(end_session(id, second).status, 204U);

    EXPECT_FALSE(is_live(first));
    EXPECT_TRUE(is_live(second));
    EXPECT_EQ(end_session(id, second).status, 404U);
    EXPECT_EQ(sessions(second).size(), 1U);
    for (const auto* malformed : {"x", "%00", "s_", "s_' OR 1=1 --"}) {
        EXPECT_EQ(end_session(malformed, second).status, 404U) << malformed;
    }
}

TEST_F(AccountTest, LoggingOutEndsThisSessionAlone) {
    const auto first = sign_up();
    const auto second = log_in("an@example.vn", kPassword).text("token");

    EXPECT_EQ(post("/auth/logout", "", first).status, 204U);

    EXPECT_FALSE(is_live(first));
    EXPECT_TRUE(is_live(second));
}

TEST_F(AccountTest, LeavingEndsEverythingAndBooksBalance) {
    const auto token = sign_up();
    EXPECT_EQ(code_of(leave(token, with_password({}, "not the password"))), "auth.wrong_password");
    EXPECT_EQ(code_of(leave(token, "{}")), "validation.failed");
    EXPECT_TRUE(is_live(token));

    EXPECT_EQ(leave(token).status, 204U);

    EXPECT_FALSE(is_live(token));
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 401U);
    EXPECT_EQ(letters_to("an@example.vn"), 1U);
}

TEST_F(AccountTest, OpenPaymentHasToEndBeforeItsAccount) {
    const auto token = sign_up();
    open_order(token);
    EXPECT_EQ(code_of(leave(token)), "account.payment_open");
    EXPECT_EQ(credits(token), 5);
}

TEST_F(AccountTest, AddressThatComesBackHasNoSecondGift) {
    for (int round = 0; round < 3; ++round) {
        clock.advance(std::chrono::hours(24));
        const auto token = sign_up();
        EXPECT_EQ(credits(token), round == 0 ? 5 : 0) << round;
        EXPECT_EQ(leave(token).status, 204U);
    }
}

TEST_F(AccountTest, AddressThatAnAccountLeftHasNoSecondGift) {
    const auto token = sign_up("an@example.vn");
    post("/auth/change-email", with_password(R"("email":"bo@example.vn")"), token);
    const auto moved =
        post("/auth/verify-email",
             R"({"token":")" + mailed_token(MailKind::ChangeEmail, "bo@example.vn") + "\"}");
    ASSERT_EQ(moved.status, 200U);
    ASSERT_EQ(leave(token).status, 204U);

    EXPECT_EQ(credits(sign_up("an@example.vn")), 0);
    EXPECT_EQ(credits(sign_up("bo@example.vn")), 0);
}

}  // namespace
}  // namespace imagify::testing
