#pragma once

#include "ports/account_store.hpp"
#include "ports/email_marks.hpp"
#include "ports/events.hpp"
#include "ports/generation_store.hpp"
#include "usecases/confirm_identity.hpp"
#include "usecases/issue_link.hpp"

namespace imagify {

/// Ends an account for good; see CredentialStore::delete_account for what becomes of what it had.
class DeleteAccount {
public:
    struct Parts {
        CredentialStore& credentials;
        GenerationStore& generations;
        const ConfirmIdentity& confirm_identity;
        const IssueLink& issue_link;
        AccountStore& accounts;
        const EmailMarks& email_marks;
        Events& events;
        const Clock& clock;
        /// Knows the person too.
        IdentityProvider* provider = nullptr;
    };
    explicit DeleteAccount(Parts parts) : parts_(parts) {}

    /// Errors: Conflict `account.payment_open`; those of ConfirmIdentity and CredentialStore.
    Task<Result<void>> run(UserId user, Credentials given) const;

    /// Without asking for credentials: for operators and the simulation.
    Task<Result<void>> run(UserId user, SpentFactor factor) const;

private:
    Parts parts_;
};

}  // namespace imagify
