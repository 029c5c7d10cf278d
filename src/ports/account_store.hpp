#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/task.hpp"
#include "ports/credential_store.hpp"

namespace imagify {

/// Everything that a new account needs. Nothing of it is copied from a request body unlisted.
struct NewAccount {
    UserId id;
    Email email;
    std::string name{};
    Locale locale = Locale::Vietnamese;
    std::string password_hash;
    /// Granted in the same transaction, as ledger entry (grant, user id). May be zero.
    Credits gift;
    /// Granted when the e-mail address is verified.
    Credits gift_pending{};
    /// When an earlier account left one of these marks, there is no gift; else a gift leaves the
    /// first.
    std::vector<std::string> email_marks{};
    /// The log-in that comes with it, if any.
    std::optional<Session> session{};
    /// Asks to verify the address, if wanted.
    std::optional<MailedLink> verification{};
    TimePoint created_at{};
};

/// Fields that stay empty are left as they are.
struct ProfileChange {
    std::optional<std::string> name;
    std::optional<Locale> locale;
};

/// Where people live. Safe from several coroutines and threads at once; never throws; outlives
/// every Task it returns. Unavailable: nothing changed. Unknown: the outcome has to be looked up.
class AccountStore {
public:
    virtual ~AccountStore() = default;

    /// Makes the account and its sign-up gift in one atomic step.
    /// Errors: Conflict `account.email_taken`; Unavailable; Unknown.
    virtual Task<Result<Account>> create_account(NewAccount account) = 0;

    /// The account with its present balance. Errors: NotFound `account.not_found`; Unavailable.
    virtual Task<Result<Account>> find_account(UserId id) = 0;

    /// Changes the given fields and yields the account as it is afterwards.
    /// Errors: NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<Account>> update_profile(UserId id, ProfileChange change) = 0;
};

}  // namespace imagify
