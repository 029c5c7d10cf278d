#pragma once

#include <string>

#include "base/worker.hpp"
#include "ports/device_tokens.hpp"
#include "ports/events.hpp"
#include "ports/identity_provider.hpp"
#include "ports/link_tokens.hpp"
#include "ports/password_hasher.hpp"
#include "usecases/begin_session.hpp"
#include "usecases/issue_link.hpp"

namespace imagify {

/// For people who forgot their password.
class ResetPassword {
public:
    struct Parts {
        CredentialStore& credentials;
        PasswordHasher& hasher;
        Worker& hash_worker;
        const IssueLink& issue_link;
        const LinkTokens& links;
        DeviceTokens& devices;
        Limits& limits;
        Events& events;
        const Clock& clock;
        SessionStore& sessions;
        const BeginSession& begin_session;
        /// Keeps passwords and sends codes instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit ResetPassword(Parts parts) : parts_(parts) {}

    /// Sends a link when the address has an account. Answer and time are the same when it has none,
    /// and when it was sent too many.
    /// Errors: Invalid `validation.failed` (email: invalid); those of CredentialStore.
    Task<Result<void>> ask(std::string email) const;

    /// Follows a link: new password, every session ended. Yields a device token: this browser's
    /// owner has just shown to be the account's.
    /// Errors: Invalid `auth.link_invalid`, `validation.failed` (password: see password_problem);
    /// Unavailable `server.overloaded`; those of CredentialStore.
    Task<Result<std::string>> follow(std::string token, std::string password) const;

    /// The same with the code that an identity provider sent to an address. The device token is
    /// empty when nobody has an account of that address yet. Errors: as `follow`;
    /// `auth.link_invalid` always without a provider.
    struct CodedReset {
        std::string email;
        std::string code;
        std::string password;
    };
    Task<Result<std::string>> follow(CodedReset reset) const;

private:
    Task<Result<std::string>> end_log_ins(Email email) const;

    Parts parts_;
};

}  // namespace imagify
