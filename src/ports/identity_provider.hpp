#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"

namespace imagify {

/// A person as another identity provider knows them.
struct ProvidedPerson {
    /// Never changes and never comes again.
    std::string subject;
    std::string email;
    /// True when the provider vouches for the address.
    bool email_verified = false;
    std::string name{};
};

/// Somebody who has shown the provider their credentials.
struct ProvidedLogIn {
    ProvidedPerson person;
    /// Acts in the person's name for an hour or so.
    Secret grant;
};

/// What a token that the provider issued says.
struct ProvidedToken {
    std::string subject;
    /// When its owner showed their credentials; refreshing does not renew it.
    TimePoint authenticated_at{};
};

struct ProvidedSignUp {
    Email email;
    std::string password;
    std::string name{};
    Locale locale = Locale::Vietnamese;
};

/// Where people, their passwords and second factors live when not with us: it also sends the codes
/// that prove an address. Safe from several coroutines and threads at once; never throws; outlives
/// every Task it returns. Everywhere: Unavailable `identity.unavailable` when it does not answer;
/// RateLimited `rate.limited` when it has had enough of somebody.
class IdentityProvider {
public:
    virtual ~IdentityProvider() = default;

    /// Makes a person, who is sent a code; yields the subject.
    /// Errors: Conflict `account.email_taken`; Invalid `validation.failed` (password).
    virtual Task<Result<std::string>> sign_up(ProvidedSignUp person) = 0;
    /// Proves the address by the code. Errors: Invalid `auth.link_invalid` (wrong, used, expired,
    /// nobody's).
    virtual Task<Result<void>> confirm(Email email, std::string code) = 0;
    /// Sends the code once more. Whether anybody has the address does not show.
    virtual Task<Result<void>> resend(Email email) = 0;

    /// Checks a password, and the second factor of whoever has one.
    /// Errors: Unauthenticated `auth.bad_credentials` (unknown people too), and after the right
    /// password `auth.otp_required`, `auth.otp_invalid`, `auth.email_unverified`,
    /// `auth.password_expired`.
    virtual Task<Result<ProvidedLogIn>> log_in(Email email, std::string password,
                                               std::string otp) = 0;

    /// Sends a code that `reset` takes. Whether anybody has the address does not show.
    virtual Task<Result<void>> forgot(Email email) = 0;
    /// Errors: Invalid `auth.link_invalid`, `validation.failed` (password).
    virtual Task<Result<void>> reset(Email email, std::string code, std::string password) = 0;
    /// Errors: Invalid `validation.failed` (newPassword); Forbidden `auth.wrong_password`.
    virtual Task<Result<void>> change_password(Secret grant, std::string present,
                                               std::string next) = 0;
    /// Moves a person to an address that is proved. Errors: Conflict `account.email_taken`.
    virtual Task<Result<void>> change_email(std::string subject, Email email) = 0;

    /// A new secret for one-time passwords in base32; it does not count until `enable_otp`.
    virtual Task<Result<std::string>> new_otp_secret(Secret grant) = 0;
    /// Errors: Forbidden `auth.otp_invalid`; Conflict `mfa.not_set_up` when the grant is over.
    virtual Task<Result<void>> enable_otp(Secret grant, std::string otp) = 0;
    virtual Task<Result<void>> disable_otp(Secret grant) = 0;

    /// Ends every log-in of the person there: nothing renews them any more.
    virtual Task<Result<void>> end_log_ins(std::string subject) = 0;
    /// Ends the person there, for good.
    virtual Task<Result<void>> remove(Secret grant) = 0;

    /// Checks a token of the provider.
    /// Errors: Unauthenticated `auth.token_invalid`.
    virtual Task<Result<ProvidedToken>> verify(std::string token) = 0;
    /// Whose valid token that is. Errors: Unauthenticated `auth.token_invalid`.
    virtual Task<Result<ProvidedPerson>> person_of(std::string token) = 0;
};

}  // namespace imagify
