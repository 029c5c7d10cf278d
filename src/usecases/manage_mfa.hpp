#pragma once

#include <string>
#include <vector>

#include "usecases/confirm_identity.hpp"
#include "usecases/issue_link.hpp"

namespace imagify {

/// One-time passwords as a second factor: on, off, and what is left of the recovery codes.
class ManageMfa {
public:
    struct Parts {
        CredentialStore& credentials;
        const ConfirmIdentity& confirm_identity;
        SecondFactors& factors;
        const IssueLink& issue_link;
        Limits& limits;
        const Clock& clock;
        /// Keeps and checks second factors instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit ManageMfa(Parts parts) : parts_(parts) {}

    /// A new secret, shown once. It does not count until `enable`.
    /// Errors: Conflict `mfa.already_enabled`; those of ConfirmIdentity.
    Task<Result<NewOtpSecret>> set_up(Account account, Credentials given) const;

    /// Makes the secret of `set_up` count, once its owner has shown a password of it. Yields the
    /// recovery codes, which are shown once; there are none with an identity provider.
    /// Errors: Forbidden `auth.otp_invalid`; Conflict `mfa.not_set_up`, `mfa.already_enabled`;
    /// RateLimited `rate.limited`; those of CredentialStore.
    Task<Result<std::vector<std::string>>> enable(Account account, std::string otp) const;

    /// Errors: Conflict `mfa.not_enabled`; those of ConfirmIdentity.
    Task<Result<void>> disable(Account account, Credentials given) const;

private:
    Task<Result<NewOtpSecret>> new_secret(Account account, Secret grant) const;
    Task<Result<SpentFactor>> check_first(const LoginRecord& record, std::string otp) const;

    Parts parts_;
};

}  // namespace imagify
