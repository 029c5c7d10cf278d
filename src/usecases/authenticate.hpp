#pragma once

#include <string_view>

#include "ports/session_store.hpp"
#include "ports/tokens.hpp"
#include "usecases/admit_person.hpp"

namespace imagify {

/// Who speaks, and in which session.
struct Identity {
    Account account;
    /// Empty for a token of an identity provider.
    SessionId session;
};

/// Finds out who speaks.
class Authenticate {
public:
    struct Parts {
        SessionStore& sessions;
        const Tokens& tokens;
        const Clock& clock;
        AccountStore& accounts;
        const AdmitPerson& admit_person;
        /// Whose tokens count too.
        IdentityProvider* provider = nullptr;
    };
    explicit Authenticate(Parts parts) : parts_(parts) {}

    /// The account, read afresh: a token of a session that was ended is dead at once, and the
    /// balance is the present one. A token of an identity provider is dead when its log-in is older
    /// than the last end of all log-ins. `token` needs to live only until the first suspension.
    /// Errors: Unauthenticated `auth.token_invalid`; those of SessionStore and IdentityProvider.
    Task<Result<Identity>> run(std::string_view token) const;

private:
    Task<Result<Identity>> by_session(TokenClaims claims) const;
    Task<Result<Identity>> by_provider(std::string token) const;

    Parts parts_;
};

}  // namespace imagify
