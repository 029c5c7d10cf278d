#pragma once

#include "adapters/cognito/cognito_identity.hpp"
#include "api/api_fixture.hpp"
#include "api/fake_user_pool.hpp"

namespace imagify::testing {

/// Keys that nobody checks.
class AnyCredentials final : public aws::CredentialSource {
public:
    Task<Result<aws::Credentials>> credentials(bool) override {
        co_return aws::Credentials{.access_key_id = "AKID", .secret_access_key = Secret("secret")};
    }
};

/// The same API with people in a user pool.
class CognitoApiTest : public ApiTest {
protected:
    CognitoApiTest() { start(&identity); }

    static cognito::CognitoSettings settings() {
        return {.user_pool_id = FakeUserPool::kPoolId,
                .client_id = FakeUserPool::kClientId,
                .client_secret = Secret(FakeUserPool::kClientSecret)};
    }

    Answer log_in(const std::string& email, const std::string& password,
                  const std::string& otp = "") {
        return post("/auth/login", R"({"email":")" + email + R"(","password":")" + password +
                                       (otp.empty() ? "" : R"(","otp":")" + otp) + "\"}");
    }
    Answer register_person(const std::string& email = "an@example.vn",
                           const std::string& password = kPassword) {
        return post("/auth/register",
                    R"({"email":")" + email + R"(","password":")" + password + "\"}");
    }
    Answer confirm(const std::string& email = "an@example.vn",
                   const std::string& code = FakeUserPool::kCode) {
        return post("/auth/verify-email", R"({"email":")" + email + R"(","code":")" + code + "\"}");
    }
    /// Registered and confirmed; yields the token.
    std::string confirmed() {
        const auto token = register_person().text("token");
        EXPECT_EQ(confirm().status, 200U);
        return token;
    }
    std::string me(const std::string& token, std::string_view name) {
        return boost::json::serialize(get("/user/me", token).json().at(name));
    }

    static constexpr const char* kPassword = "Mat-khau-1-cua-An";

    FakeUserPool pool{clock};
    AnyCredentials credentials;
    aws::ServiceClient admin{
        {.service = "cognito-idp", .region = "ap-southeast-1", .endpoint = settings().base_url()},
        {.http = pool, .credentials = credentials, .clock = clock, .random = random}};
    cognito::CognitoIdentity identity{settings(), {.http = pool, .admin = admin, .clock = clock}};
};

}  // namespace imagify::testing
