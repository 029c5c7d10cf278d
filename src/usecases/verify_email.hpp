#pragma once

#include "ports/events.hpp"
#include "ports/link_tokens.hpp"
#include "usecases/confirm_identity.hpp"
#include "usecases/issue_link.hpp"

namespace imagify {

/// Proves that a person reads the mail of an address: the account's own, or one it moves to.
class VerifyEmail {
public:
    struct Parts {
        CredentialStore& credentials;
        const ConfirmIdentity& confirm_identity;
        const IssueLink& issue_link;
        const LinkTokens& links;
        Limits& limits;
        Events& events;
        const Clock& clock;
        /// Sends codes and proves addresses instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit VerifyEmail(Parts parts) : parts_(parts) {}

    /// Sends the link once more; older ones end.
    /// Errors: Conflict `account.already_verified`; RateLimited `rate.limited`; those of
    /// CredentialStore.
    Task<Result<void>> resend(Account account) const;

    /// Sends a link to the address that the account shall have; nothing changes until it is
    /// followed. Whether that address has an account does not show.
    /// Errors: Invalid `validation.failed` (email: invalid, unchanged); those of ConfirmIdentity;
    /// RateLimited `rate.limited`.
    Task<Result<void>> ask_change(Account account, std::string email, Credentials given) const;

    /// Proves an address by the code that an identity provider sent there. The account is the one
    /// that has the address; when there is none yet, all but its e-mail is empty.
    /// Errors: Invalid `auth.link_invalid` (wrong, used, expired, nobody's; always without a
    /// provider), `validation.failed` (email: invalid); those of CredentialStore.
    Task<Result<VerifiedEmail>> confirm(std::string email, std::string code) const;

    /// Follows a link; `token` is what was in the letter.
    /// Errors: Invalid `auth.link_invalid` (unknown, used, replaced or expired); Conflict
    /// `account.email_taken`; those of CredentialStore.
    Task<Result<VerifiedEmail>> follow(std::string token) const;

private:
    Task<Result<void>> move_with_provider(const LinkId& id) const;
    Task<Result<void>> send(LinkPurpose purpose, const Account& account, std::string email) const;

    Parts parts_;
};

}  // namespace imagify
