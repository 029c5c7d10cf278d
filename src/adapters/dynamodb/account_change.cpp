#include "adapters/dynamodb/account_change.hpp"

#include "base/mutant.hpp"

namespace imagify::dynamodb {

void AccountChange::move(Credits credits, Credits held) {
    if (credits != Credits{0}) update_.add("credits", credits.count);
    if (held != Credits{0}) update_.add("held", held.count);
    if (credits < Credits{0} && !MUTANT("dynamodb.credits_unconditional")) {
        conditions_.push_back(at_least("credits", -credits.count));
    }
    if (held < Credits{0}) conditions_.push_back(at_least("held", -held.count));
}

void AccountChange::post(Draft& draft, const Tables& tables, const Item& account,
                         const Posting& posting) {
    auto entry = ledger_item(account, posting);
    if (MUTANT("dynamodb.entry_overwritten")) {
        draft.add(put(tables.transactions, std::move(entry)));
    } else {
        draft.create(tables.transactions, std::move(entry));
    }
    post_to(update_, posting);
    conditions_.push_back(MUTANT("dynamodb.sequence_unconditional") ? exists(tables.users.key)
                                                                    : can_post(account, posting));
}

void AccountChange::add_to(Draft& draft, const Tables& tables) const {
    if (update_.empty()) return;
    auto conditions = conditions_;
    conditions.push_back(exists(tables.users.key));
    draft.add(change(tables.users, user_.text(), update_, all_of(std::move(conditions))));
}

}  // namespace imagify::dynamodb
