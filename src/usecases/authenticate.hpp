#pragma once

#include <string_view>

#include "ports/account_store.hpp"
#include "ports/tokens.hpp"

namespace imagify {

/// Finds out who speaks.
class Authenticate {
public:
    Authenticate(AccountStore& accounts, const Tokens& tokens)
        : accounts_(accounts), tokens_(tokens) {}

    /// The account, read afresh: a token of an older session epoch is dead at once, and the balance
    /// is the present one. `token` needs to live only until the first suspension.
    /// Errors: Unauthenticated `auth.token_invalid`; those of AccountStore.
    Task<Result<Account>> run(std::string_view token) const;

private:
    AccountStore& accounts_;
    const Tokens& tokens_;
};

}  // namespace imagify
