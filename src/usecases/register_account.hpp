#pragma once

#include <string>

#include "base/worker.hpp"
#include "ports/account_store.hpp"
#include "ports/password_hasher.hpp"
#include "ports/tokens.hpp"

namespace imagify {

struct Registration {
    std::string email;
    std::string password;
    std::string name{};
    Locale locale = Locale::Vietnamese;
};

/// A person who is logged in from now on.
struct LoggedIn {
    IssuedToken token;
    Account account;
};

/// Makes an account with its sign-up gift and logs its owner in.
class RegisterAccount {
public:
    struct Parts {
        AccountStore& accounts;
        PasswordHasher& hasher;
        Worker& hash_worker;
        Tokens& tokens;
        const Clock& clock;
        Random& random;
        Credits gift;
    };
    explicit RegisterAccount(Parts parts) : parts_(parts) {}

    /// Errors: Invalid `validation.failed` with one code per field; Conflict `account.email_taken`;
    /// Unavailable `server.overloaded` when the hash queue is full; those of AccountStore.
    Task<Result<LoggedIn>> run(Registration registration) const;

private:
    Parts parts_;
};

}  // namespace imagify
