#pragma once

#include <string>

#include "base/worker.hpp"
#include "ports/account_store.hpp"
#include "ports/credential_store.hpp"
#include "ports/identity_provider.hpp"
#include "ports/limits.hpp"
#include "ports/password_hasher.hpp"
#include "ports/second_factors.hpp"

namespace imagify {

/// What somebody shows to be who they say.
struct Credentials {
    std::string password;
    /// A one-time password or a recovery code; empty when none was given.
    std::string otp{};
};

/// Somebody who has shown to be who they say.
struct Confirmed {
    SpentFactor factor{};
    /// What an identity provider gave for it; empty when we checked.
    Secret grant{};
};

/// Checks passwords and second factors: at log-in, and again before what cannot be undone.
class ConfirmIdentity {
public:
    struct Parts {
        CredentialStore& credentials;
        PasswordHasher& hasher;
        Worker& hash_worker;
        const SecondFactors& factors;
        Limits& limits;
        AccountStore& accounts;
        /// Checks instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit ConfirmIdentity(Parts parts) : parts_(parts) {}

    /// For a person who is logged in. Repeated failures are delayed.
    /// Errors: Forbidden `auth.wrong_password`, `auth.otp_required`, `auth.otp_invalid`;
    /// RateLimited `rate.limited`; Unavailable `server.overloaded`; those of CredentialStore.
    Task<Result<Confirmed>> run(UserId user, Credentials given) const;

    /// Whether the password is that of `record`; nothing stands for an unknown person and costs the
    /// same. Errors: Unavailable `server.overloaded`.
    Task<Result<bool>> password_matches(const LoginRecord* record, std::string password) const;

    /// The factor that `otp` is for the person of `record`, still to be used up in the store.
    /// Errors: Forbidden `auth.otp_required`, `auth.otp_invalid`; those of CredentialStore.
    Task<Result<SpentFactor>> check_factor(LoginRecord record, std::string otp) const;

private:
    Task<Result<Confirmed>> check(const UserId& user, Credentials given) const;
    Task<Result<Confirmed>> check_provided(const UserId& user, Credentials given) const;

    Parts parts_;
};

}  // namespace imagify
