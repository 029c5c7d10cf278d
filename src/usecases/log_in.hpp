#pragma once

#include <string>

#include "usecases/register_account.hpp"

namespace imagify {

/// Checks a password and starts a session.
class LogIn {
public:
    struct Parts {
        AccountStore& accounts;
        PasswordHasher& hasher;
        Worker& hash_worker;
        Tokens& tokens;
    };
    explicit LogIn(Parts parts) : parts_(parts) {}

    /// An unknown e-mail address and a wrong password take the same time and give the same answer.
    /// Errors: Unauthenticated `auth.bad_credentials`; Unavailable `server.overloaded`.
    Task<Result<LoggedIn>> run(std::string email, std::string password) const;

private:
    Parts parts_;
};

}  // namespace imagify
