#pragma once

#include "adapters/aws/service_client.hpp"
#include "adapters/cognito/rs256_tokens.hpp"
#include "adapters/cognito/user_calls.hpp"
#include "ports/identity_provider.hpp"

namespace imagify::cognito {

/// People in an Amazon Cognito user pool. The pool's user names are e-mail addresses
/// (UsernameAttributes: email), its client allows USER_PASSWORD_AUTH and hides who has an account
/// (PreventUserExistenceErrors). Vendor faults become ours in one table.
class CognitoIdentity final : public IdentityProvider {
public:
    struct Parts {
        HttpClient& http;
        /// For what needs the pool's owner: AdminUserGlobalSignOut, AdminUpdateUserAttributes.
        /// Service "cognito-idp", endpoint CognitoSettings::base_url().
        aws::ServiceClient& admin;
        const Clock& clock;
    };
    CognitoIdentity(CognitoSettings settings, Parts parts);

    Task<Result<std::string>> sign_up(ProvidedSignUp person) override;
    Task<Result<void>> confirm(Email email, std::string code) override;
    Task<Result<void>> resend(Email email) override;
    Task<Result<ProvidedLogIn>> log_in(Email email, std::string password, std::string otp) override;
    Task<Result<void>> forgot(Email email) override;
    Task<Result<void>> reset(Email email, std::string code, std::string password) override;
    Task<Result<void>> change_password(Secret grant, std::string present,
                                       std::string next) override;
    Task<Result<void>> change_email(std::string subject, Email email) override;
    Task<Result<std::string>> new_otp_secret(Secret grant) override;
    Task<Result<void>> enable_otp(Secret grant, std::string otp) override;
    Task<Result<void>> disable_otp(Secret grant) override;
    Task<Result<void>> end_log_ins(std::string subject) override;
    Task<Result<void>> remove(Secret grant) override;
    Task<Result<ProvidedToken>> verify(std::string token) override;
    Task<Result<ProvidedPerson>> person_of(std::string token) override;

private:
    Task<Result<boost::json::object>> authenticate(const Email& email, std::string password,
                                                   std::string otp);
    Task<Result<boost::json::object>> answer_challenge(const boost::json::object& challenge,
                                                       std::string otp);
    Task<Result<ProvidedPerson>> get_user(std::string access_token);
    Task<Result<void>> as_admin(std::string_view operation, boost::json::object body,
                                std::chrono::milliseconds limit);
    boost::json::object client_body(std::string_view user) const;

    UserCalls calls_;
    aws::ServiceClient& admin_;
    const Clock& clock_;
    Jwks keys_;
    Rs256Tokens tokens_;
};

}  // namespace imagify::cognito
