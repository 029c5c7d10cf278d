#pragma once

#include <string>

#include "ports/account_store.hpp"
#include "usecases/admit_person.hpp"
#include "usecases/begin_session.hpp"
#include "usecases/confirm_identity.hpp"

namespace imagify {

/// Guesses at one account from browsers it does not know: 20 at once and 20 an hour, 500 a day.
inline constexpr LimitRule kUnknownDevices{
    .name = "login-account", .quota = 20, .window = std::chrono::hours(1)};

struct LoginAttempt {
    std::string email;
    Credentials credentials;
    Client client;
};

/// Checks a password, and a second factor where there is one, and starts a session.
///
/// Guessing: from one network (or one known browser) each failure after the fifth doubles the wait;
/// all unknown browsers together share kUnknownDevices. A browser where the owner has logged in
/// before has a count of its own, so strangers cannot lock the owner out.
class LogIn {
public:
    struct Parts {
        CredentialStore& credentials;
        SessionStore& sessions;
        AccountStore& accounts;
        const ConfirmIdentity& confirm_identity;
        const BeginSession& begin_session;
        const DeviceTokens& devices;
        Limits& limits;
        const AdmitPerson& admit_person;
        /// Checks instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit LogIn(Parts parts) : parts_(parts) {}

    /// An unknown e-mail address and a wrong password take the same time and give the same answer.
    /// Errors: Unauthenticated `auth.bad_credentials`, and with the right password
    /// `auth.otp_required`, `auth.otp_invalid`, and from an identity provider
    /// `auth.email_unverified`, `auth.password_expired`; RateLimited `rate.limited`; Unavailable
    /// `server.overloaded`; those of the stores.
    Task<Result<LoggedIn>> run(LoginAttempt attempt) const;

private:
    struct Guess;
    Task<Result<Session>> open_by_password(const LoginAttempt& attempt,
                                           const LoginRecord* record) const;
    Task<Result<Session>> open_by_provider(const LoginAttempt& attempt) const;
    Task<Result<Guess>> admit(const LoginAttempt& attempt, const LoginRecord* record) const;
    Task<void> settle(const Guess& guess, const Result<LoggedIn>& outcome) const;
    Task<Result<LoggedIn>> check(const LoginAttempt& attempt, const LoginRecord* record) const;

    Parts parts_;
};

}  // namespace imagify
