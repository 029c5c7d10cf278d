#pragma once

#include "adapters/dynamodb/access.hpp"
#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {

/// An account and what belongs to it, as one Draft reads it, changes it and writes it back. Used
/// by one coroutine, within the Draft's life.
class Person {
public:
    /// Deleted ones too. Errors: NotFound `account.not_found`.
    static Task<Result<Person>> find(DynamoStore::State& state, Draft& draft, UserId id);
    /// Deleted ones are not found.
    static Task<Result<Person>> find_present(DynamoStore::State& state, Draft& draft, UserId id);

    const Item& item() const { return item_; }
    const Account& account() const { return account_; }
    const UserId& id() const { return account_.id; }
    Access& access() { return access_; }

    /// Changes of the account item.
    Update& update();
    /// Keeps what was changed in `access`.
    void keep_access();
    /// Ends every session and starts a new epoch.
    void end_sessions(TimePoint now);
    /// Uses a second factor up. Errors: Forbidden `auth.otp_invalid` when it was used before.
    Result<void> spend(const SpentFactor& factor);
    /// Keeps a link and its letter; an older one of that purpose ends.
    void keep_link(const MailedLink& mailed);
    void forget_links();
    /// A ledger entry with what it does to the account.
    void post(Posting posting);
    /// A notice to the account's address.
    void notify(const MailId& id, MailKind kind, TimePoint now);

private:
    Person(DynamoStore::State& state, Draft& draft, Item item, Access access)
        : state_(&state),
          draft_(&draft),
          item_(std::move(item)),
          account_(read_account(item_)),
          access_(std::move(access)) {}

    DynamoStore::State* state_;
    Draft* draft_;
    Item item_;
    Account account_;
    Access access_;
};

/// Remembers an address that has had its gift; an empty mark is none.
void leave_mark(DynamoStore::State& state, Draft& draft, const std::string& mark, TimePoint now);

/// Says whose the address is; there is one of each address at most.
Item email_item(const std::string& email, const UserId& owner);

}  // namespace imagify::dynamodb
