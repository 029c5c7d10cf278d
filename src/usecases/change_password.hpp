#pragma once

#include <string>

#include "ports/events.hpp"
#include "usecases/begin_session.hpp"
#include "usecases/confirm_identity.hpp"
#include "usecases/issue_link.hpp"

namespace imagify {

/// A new password for a person who knows the present one.
class ChangePassword {
public:
    struct Parts {
        CredentialStore& credentials;
        PasswordHasher& hasher;
        Worker& hash_worker;
        const ConfirmIdentity& confirm_identity;
        const BeginSession& begin_session;
        const IssueLink& issue_link;
        Events& events;
        const Clock& clock;
        /// Keeps passwords instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit ChangePassword(Parts parts) : parts_(parts) {}

    /// Ends every session and begins one for whoever asks.
    /// Errors: Invalid `validation.failed` (newPassword: see password_problem); those of
    /// ConfirmIdentity and CredentialStore.
    Task<Result<LoggedIn>> run(Account account, Client client, Credentials given,
                               std::string new_password) const;

private:
    Task<Result<std::string>> new_hash(Secret grant, std::string present, std::string next) const;

    Parts parts_;
};

}  // namespace imagify
