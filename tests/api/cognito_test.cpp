#include "api/cognito_fixture.hpp"

namespace imagify::testing {
namespace {

TEST_F(CognitoApiTest, RegisteredPersonIsLoggedInAndGetsTheGiftWithTheCode) {
    config.gift_time = GiftTime::Verification;
    start(&identity);
    const auto answer = register_person();

    ASSERT_EQ(answer.status, 201U) << answer.body;
    const auto token = answer.text("token");
    EXPECT_EQ(me(token, "emailVerified"), "false");
    EXPECT_EQ(credits(token), 0);
    EXPECT_EQ(confirm("an@example.vn", "000000").text("code"), "auth.link_invalid");
    const auto proved = confirm();
    EXPECT_EQ(proved.status, 200U);
    EXPECT_EQ(proved.number("giftCredits"), config.signup_credits.count);
    EXPECT_EQ(me(token, "emailVerified"), "true");
    EXPECT_EQ(credits(token), config.signup_credits.count);
    EXPECT_EQ(confirm().text("code"), "auth.link_invalid");
    EXPECT_EQ(credits(token), config.signup_credits.count);
    expect_balanced_books();
}

TEST_F(CognitoApiTest, SessionSaysThatLettersCarryCodes) {
    EXPECT_EQ(get("/auth/session").text("mailProof"), "code");
}

TEST_F(CognitoApiTest, TakenAddressAndWeakPasswordsGetTheUsualAnswers) {
    ASSERT_EQ(register_person().status, 201U);

    const auto taken = register_person();
    EXPECT_EQ(taken.status, 409U);
    EXPECT_EQ(taken.text("code"), "account.email_taken");
    const auto field = [&](const std::string& password) {
        const auto answer = register_person("bo@example.vn", password);
        EXPECT_EQ(answer.status, 422U);
        return boost::json::serialize(answer.json().at("errors"));
    };
    EXPECT_EQ(field("Ab1"), R"({"password":"too_short"})");
    EXPECT_EQ(field("mat-khau-1-cua-an"), R"({"password":"needs_upper"})");
    EXPECT_EQ(field("MAT-KHAU-1-CUA-AN"), R"({"password":"needs_lower"})");
    EXPECT_EQ(field("Mat-khau-cua-An"), R"({"password":"needs_digit"})");
    pool.faults["SignUp"] = "InvalidPasswordException";
    EXPECT_EQ(field(kPassword), R"({"password":"refused"})");
    EXPECT_FALSE(pool.knows("bo@example.vn"));
}

TEST_F(CognitoApiTest, WrongPasswordAndUnknownPersonLookTheSame) {
    confirmed();
    const auto wrong = log_in("an@example.vn", "Wrong-password-1");
    const auto unknown = log_in("nobody@example.vn", kPassword);
    pool.faults["InitiateAuth"] = "InvalidPasswordException";  // cognito-local's word.
    const auto local = log_in("an@example.vn", kPassword);
    pool.faults["InitiateAuth"] = "UserNotFoundException";
    const auto unhidden = log_in("nobody@example.vn", kPassword);

    for (const auto& answer : {wrong, unknown, local, unhidden}) {
        EXPECT_EQ(answer.status, 401U);
        EXPECT_EQ(answer.text("code"), "auth.bad_credentials");
    }
}

TEST_F(CognitoApiTest, GuessesAreDelayedBeforeCognitoIsAsked) {
    confirmed();
    for (int i = 0; i < kFreeGuesses; ++i) log_in("an@example.vn", "Wrong-password-1");
    const auto asked = pool.operations.size();

    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 429U);
    EXPECT_EQ(pool.operations.size(), asked);
}

TEST_F(CognitoApiTest, UnconfirmedPersonIsToldToConfirmFirst) {
    register_person();
    const auto answer = log_in("an@example.vn", kPassword);
    EXPECT_EQ(answer.status, 401U);
    EXPECT_EQ(answer.text("code"), "auth.email_unverified");
}

TEST_F(CognitoApiTest, PersonOfThePoolGetsOneAccountOnFirstSight) {
    pool.add_confirmed("bo@example.vn", kPassword);
    const Call call{
        .method = http::Method::Post,
        .target = "/auth/login",
        .body = std::string(R"({"email":"bo@example.vn","password":")") + kPassword + "\"}"};
    const auto answers = call_together(std::vector<Call>(5, call));

    std::set<std::string> ids;
    for (const auto& answer : answers) {
        ASSERT_EQ(answer.status, 200U) << answer.body;
        ids.insert(boost::json::serialize(answer.json().at("user").at("id")));
        EXPECT_TRUE(answer.json().at("user").at("emailVerified").as_bool());
    }
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(credits(answers.front().text("token")), config.signup_credits.count);
    expect_balanced_books();
}

TEST_F(CognitoApiTest, AddressOfAnotherAccountIsNotTakenOver) {
    start(nullptr);
    const auto owner = sign_up("bo@example.vn");
    start(&identity);
    pool.add_confirmed("bo@example.vn", kPassword);

    const auto answer = log_in("bo@example.vn", kPassword);
    EXPECT_EQ(answer.status, 409U);
    EXPECT_EQ(answer.text("code"), "account.email_taken");
    EXPECT_EQ(get("/user/me", owner).status, 200U);
}

TEST_F(CognitoApiTest, ForgottenPasswordIsChosenWithACodeAndEndsEverySession) {
    const auto token = confirmed();
    EXPECT_EQ(post("/auth/forgot-password", R"({"email":"nobody@example.vn"})").status, 202U);
    EXPECT_EQ(post("/auth/forgot-password", R"({"email":"an@example.vn"})").status, 202U);
    const auto reset = [&](const std::string& email, const std::string& code,
                           const std::string& password) {
        return post("/auth/reset-password", R"({"email":")" + email + R"(","code":")" + code +
                                                R"(","password":")" + password + "\"}");
    };

    EXPECT_EQ(reset("an@example.vn", "000000", "New-password-2").text("code"), "auth.link_invalid");
    EXPECT_EQ(reset("nobody@example.vn", FakeUserPool::kCode, "New-password-2").text("code"),
              "auth.link_invalid");
    EXPECT_EQ(get("/user/me", token).status, 200U);
    EXPECT_EQ(reset("an@example.vn", FakeUserPool::kCode, "weak-password").status, 422U);
    EXPECT_EQ(reset("an@example.vn", FakeUserPool::kCode, "New-password-2").status, 204U);

    EXPECT_EQ(get("/user/me", token).status, 401U);
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 401U);
    EXPECT_EQ(log_in("an@example.vn", "New-password-2").status, 200U);
}

TEST_F(CognitoApiTest, PasswordIsChangedThereAndEndsOtherSessions) {
    const auto token = confirmed();
    const auto change = [&](const std::string& present, const std::string& next) {
        return post("/auth/change-password",
                    R"({"password":")" + present + R"(","newPassword":")" + next + "\"}", token);
    };
    EXPECT_EQ(change("Wrong-password-1", "New-password-2").text("code"), "auth.wrong_password");
    EXPECT_EQ(change(kPassword, "all-lower-case-2").status, 422U);
    const auto changed = change(kPassword, "New-password-2");

    EXPECT_EQ(changed.status, 200U) << changed.body;
    EXPECT_EQ(get("/user/me", token).status, 401U);
    EXPECT_EQ(get("/user/me", changed.text("token")).status, 200U);
    EXPECT_EQ(log_in("an@example.vn", "New-password-2").status, 200U);
}

TEST_F(CognitoApiTest, SecondFactorIsCognitosOwn) {
    const auto token = confirmed();
    const auto password = std::string(R"({"password":")") + kPassword + "\"}";
    const auto set_up = post("/auth/mfa/setup", password, token);
    ASSERT_EQ(set_up.status, 200U) << set_up.body;
    EXPECT_EQ(set_up.text("secret"), "JBSWY3DPEHPK3PXP");
    EXPECT_NE(set_up.text("uri").find("secret=JBSWY3DPEHPK3PXP"), std::string::npos);
    EXPECT_EQ(post("/auth/mfa/enable", R"({"otp":"000000"})", token).text("code"),
              "auth.otp_invalid");
    const auto enabled = post("/auth/mfa/enable", R"({"otp":"654321"})", token);
    EXPECT_EQ(enabled.body, R"({"recoveryCodes":[]})");
    EXPECT_EQ(me(token, "mfaEnabled"), "true");

    EXPECT_EQ(log_in("an@example.vn", kPassword).text("code"), "auth.otp_required");
    EXPECT_EQ(log_in("an@example.vn", kPassword, "000000").text("code"), "auth.otp_invalid");
    EXPECT_EQ(log_in("an@example.vn", kPassword, FakeUserPool::kOtp).status, 200U);
    const auto off = [&](const std::string& otp) {
        return post("/auth/mfa/disable",
                    std::string(R"({"password":")") + kPassword + R"(","otp":")" + otp + "\"}",
                    token);
    };
    EXPECT_EQ(off("000000").text("code"), "auth.otp_invalid");
    EXPECT_EQ(off(FakeUserPool::kOtp).status, 204U);
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 200U);
}

TEST_F(CognitoApiTest, DeletedAccountIsGoneOnBothSidesEvenWhenOneFailsFirst) {
    const auto token = confirmed();
    pool.faults["DeleteUser"] = "InternalErrorException";
    const auto deleted = call({.method = http::Method::Delete,
                               .target = "/user/me",
                               .body = std::string(R"({"password":")") + kPassword + "\"}",
                               .token = token});
    EXPECT_EQ(deleted.status, 204U);
    EXPECT_EQ(get("/user/me", token).status, 401U);
    ASSERT_TRUE(pool.knows("an@example.vn"));
    const auto left = pool.token("an@example.vn", "id");

    EXPECT_EQ(get("/user/me", left).status, 401U);
    EXPECT_EQ(log_in("an@example.vn", kPassword).text("code"), "auth.bad_credentials");
    EXPECT_FALSE(pool.knows("an@example.vn"));
    EXPECT_EQ(register_person().status, 201U);
    expect_balanced_books();
}

TEST_F(CognitoApiTest, WithoutCognitoPeopleWhoAreInStayIn) {
    const auto token = confirmed();
    pool.down = true;

    EXPECT_EQ(get("/user/me", token).status, 200U);
    const auto refused = log_in("an@example.vn", kPassword);
    EXPECT_EQ(refused.status, 503U);
    EXPECT_EQ(refused.text("code"), "identity.unavailable");
    EXPECT_EQ(refused.body.find("Cognito"), std::string::npos);
    EXPECT_EQ(register_person("bo@example.vn").status, 503U);
}

TEST_F(CognitoApiTest, PoolThatIsSetUpWrongIsNobodysWrongPassword) {
    confirmed();
    pool.faults["InitiateAuth"] = "ResourceNotFoundException";
    const auto refused = log_in("an@example.vn", kPassword);
    EXPECT_EQ(refused.status, 503U);
    EXPECT_EQ(refused.text("code"), "identity.refused");
    pool.faults["InitiateAuth"] = "TooManyRequestsException";
    EXPECT_EQ(log_in("an@example.vn", kPassword).status, 429U);
    pool.faults["InitiateAuth"] = "PasswordResetRequiredException";
    EXPECT_EQ(log_in("an@example.vn", kPassword).text("code"), "auth.password_expired");
}

}  // namespace
}  // namespace imagify::testing
