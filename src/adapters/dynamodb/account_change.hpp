#pragma once

#include <optional>
#include <vector>

#include "adapters/dynamodb/draft.hpp"
#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {

/// What one transaction does to the numbers of one account, with the conditions for it. Not tied
/// to the account's version: what an account may do at once is decided by its credits alone.
class AccountChange {
public:
    explicit AccountChange(UserId user) : user_(std::move(user)) {}

    /// Moves credits between the two numbers, or into and out of them; neither becomes negative.
    void move(Credits credits, Credits held);
    /// The same with its ledger entry, which is made too. `account` is as it was read; somebody
    /// else's posting meanwhile refuses the transaction.
    void post(Draft& draft, const Tables& tables, const Item& account, const Posting& posting);
    /// Only for an account that exists and is not deleted.
    void require_present(const Tables& tables) { conditions_.push_back(is_present(tables)); }

    /// To add to.
    Update& update() { return update_; }

    /// Puts what has to be done, if anything, into the draft.
    void add_to(Draft& draft, const Tables& tables) const;

private:
    UserId user_;
    Update update_;
    std::vector<Condition> conditions_;
};

}  // namespace imagify::dynamodb
