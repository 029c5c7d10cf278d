#pragma once

#include "base/random.hpp"
#include "ports/account_store.hpp"
#include "ports/email_marks.hpp"
#include "ports/identity_provider.hpp"

namespace imagify {

/// No password fits it: who comes by an identity provider has none here.
inline constexpr std::string_view kNoPasswordHash = "!";

/// The account of a provider's person has an id made of the subject, a UUID, so that it is made
/// once, however many requests see the person first. An empty id when it is no UUID.
UserId user_id_of(std::string_view subject);
/// The inverse.
std::string subject_of(const UserId& user);

/// Finds the account of a person whom an identity provider vouches for, and makes it on first
/// sight.
class AdmitPerson {
public:
    struct Parts {
        AccountStore& accounts;
        CredentialStore& credentials;
        const EmailMarks& email_marks;
        const Clock& clock;
        Credits gift;
    };
    explicit AdmitPerson(Parts parts) : parts_(parts) {}

    /// A gift that waits for the address arrives as soon as the provider vouches for it.
    /// Errors: Forbidden `account.deleted` for an account that has ended; Conflict
    /// `account.email_taken` when another account has the address, `account.email_invalid` when it
    /// is none that we take; those of the stores.
    Task<Result<Account>> run(ProvidedPerson person) const;

private:
    Task<Result<Account>> find_or_create(const UserId& id, Email email, std::string name) const;

    Parts parts_;
};

}  // namespace imagify
