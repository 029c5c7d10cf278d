#include <gtest/gtest.h>

#include <cstdlib>

#include "adapters/cognito/cognito_identity.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "base/ids.hpp"
#include "support/authenticator.hpp"
#include "support/run_task.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

class LocalCredentials final : public aws::CredentialSource {
public:
    Task<Result<aws::Credentials>> credentials(bool) override {
        co_return aws::Credentials{.access_key_id = variable("AWS_ACCESS_KEY_ID"),
                                   .secret_access_key = Secret(variable("AWS_SECRET_ACCESS_KEY"))};
    }
};

/// Against cognito-local, which `./test aws` starts: IMAGIFY_TEST_COGNITO is its address. Without
/// it there is nothing to talk to.
class CognitoLocalTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (settings().endpoint.empty()) GTEST_SKIP() << "IMAGIFY_TEST_COGNITO is not set";
    }

    static cognito::CognitoSettings settings() {
        return {.user_pool_id = variable("IMAGIFY_TEST_COGNITO_POOL"),
                .client_id = variable("IMAGIFY_TEST_COGNITO_CLIENT"),
                .client_secret = Secret(variable("IMAGIFY_TEST_COGNITO_CLIENT_SECRET")),
                .endpoint = variable("IMAGIFY_TEST_COGNITO")};
    }

    template <class T>
    T run(Task<T> task) {
        return run_on(context, std::move(task));
    }
    std::string code_of(const auto& result) {
        return result ? "done" : result.error().code + ' ' + result.error().detail;
    }
    bool has_code(const auto& result, std::string_view wanted) {
        EXPECT_EQ(result ? "done" : result.error().code, wanted);
        return !result && result.error().code == wanted;
    }

    SystemClock clock;
    SystemRandom random;
    boost::asio::io_context context;
    BeastHttpClient http;
    LocalCredentials credentials;
    aws::ServiceClient admin{
        {.service = "cognito-idp", .region = "ap-southeast-1", .endpoint = settings().base_url()},
        {.http = http, .credentials = credentials, .clock = clock, .random = random}};
    cognito::CognitoIdentity identity{settings(), {.http = http, .admin = admin, .clock = clock}};
    const Email email = *Email::parse(new_ulid("an-", clock, random) + "@example.vn");
    const std::string password = "Mat-khau-1-cua-An";
    const std::string code = "123456";  // CODE of the emulator.
};

TEST_F(CognitoLocalTest, PersonSignsUpConfirmsAndLogsIn) {
    const auto subject = run(identity.sign_up({.email = email, .password = password}));
    ASSERT_TRUE(subject) << code_of(subject);
    EXPECT_TRUE(has_code(run(identity.sign_up({.email = email, .password = password})),
                         "account.email_taken"));
    EXPECT_TRUE(has_code(run(identity.log_in(email, password, "")), "auth.email_unverified"));
    EXPECT_TRUE(has_code(run(identity.confirm(email, "999999")), "auth.link_invalid"));
    EXPECT_EQ(code_of(run(identity.confirm(email, code))), "done");
    EXPECT_TRUE(has_code(run(identity.confirm(email, code)), "auth.link_invalid"));

    EXPECT_TRUE(
        has_code(run(identity.log_in(email, "Wrong-1-password", "")), "auth.bad_credentials"));
    EXPECT_TRUE(has_code(run(identity.log_in(*Email::parse("nobody@example.vn"), password, "")),
                         "auth.bad_credentials"));
    const auto known = run(identity.log_in(email, password, ""));
    ASSERT_TRUE(known) << code_of(known);
    EXPECT_EQ(known->person.subject, *subject);
    const auto token = run(identity.verify(known->grant.reveal()));
    ASSERT_TRUE(token) << code_of(token);
    EXPECT_EQ(token->subject, *subject);
    const auto person = run(identity.person_of(known->grant.reveal()));
    ASSERT_TRUE(person) << code_of(person);
    EXPECT_EQ(person->email, email.text());
}

TEST_F(CognitoLocalTest, PasswordsChangeAndPeopleGo) {
    ASSERT_TRUE(run(identity.sign_up({.email = email, .password = password})));
    ASSERT_TRUE(run(identity.confirm(email, code)));
    EXPECT_EQ(code_of(run(identity.forgot(*Email::parse("nobody@example.vn")))), "done");
    EXPECT_EQ(code_of(run(identity.forgot(email))), "done");
    EXPECT_TRUE(
        has_code(run(identity.reset(email, "999999", "New-password-2")), "auth.link_invalid"));
    EXPECT_EQ(code_of(run(identity.reset(email, code, "New-password-2"))), "done");
    const auto known = run(identity.log_in(email, "New-password-2", ""));
    ASSERT_TRUE(known) << code_of(known);
    EXPECT_EQ(
        code_of(run(identity.change_password(known->grant, "New-password-2", "New-password-3"))),
        "done");
    const auto again = run(identity.log_in(email, "New-password-3", ""));
    ASSERT_TRUE(again) << code_of(again);
    EXPECT_EQ(code_of(run(identity.remove(again->grant))), "done");
    EXPECT_TRUE(
        has_code(run(identity.log_in(email, "New-password-3", "")), "auth.bad_credentials"));
}

TEST_F(CognitoLocalTest, SecondFactorGoesOnAndOff) {
    ASSERT_TRUE(run(identity.sign_up({.email = email, .password = password})));
    ASSERT_TRUE(run(identity.confirm(email, code)));
    const auto known = run(identity.log_in(email, password, ""));
    ASSERT_TRUE(known) << code_of(known);
    const auto secret = run(identity.new_otp_secret(known->grant));
    ASSERT_TRUE(secret) << code_of(secret);
    EXPECT_TRUE(has_code(run(identity.enable_otp(known->grant, "000000")), "auth.otp_invalid"));
    const auto enabled =
        run(identity.enable_otp(known->grant, one_time_password(*secret, clock.now())));
    ASSERT_TRUE(enabled) << code_of(enabled);

    EXPECT_TRUE(has_code(run(identity.log_in(email, password, "")), "auth.otp_required"));
    EXPECT_TRUE(has_code(run(identity.log_in(email, password, "000000")), "auth.otp_invalid"));
    const auto second =
        run(identity.log_in(email, password, one_time_password(*secret, clock.now())));
    ASSERT_TRUE(second) << code_of(second);
    EXPECT_EQ(code_of(run(identity.disable_otp(second->grant))), "done");
    EXPECT_TRUE(run(identity.log_in(email, password, "")));
}

TEST_F(CognitoLocalTest, PersonMovesToAnotherAddress) {
    const auto subject = run(identity.sign_up({.email = email, .password = password}));
    ASSERT_TRUE(subject);
    ASSERT_TRUE(run(identity.confirm(email, code)));
    const auto next = *Email::parse("new-" + email.text());

    const auto moved = run(identity.change_email(*subject, next));
    ASSERT_TRUE(moved) << code_of(moved);
    EXPECT_TRUE(run(identity.log_in(next, password, "")));
}

}  // namespace
}  // namespace imagify::testing
