#pragma once

#include <string>

#include "ports/account_store.hpp"
#include "ports/events.hpp"
#include "ports/ledger_store.hpp"
#include "ports/review_store.hpp"

namespace imagify {

/// At most this much may be given by hand at once.
inline constexpr Credits kMaxGrant{1'000'000};

/// Gives credits by hand.
class GrantCredits {
public:
    GrantCredits(LedgerStore& ledger, Events& events, const Clock& clock)
        : ledger_(ledger), events_(events), clock_(clock) {}

    /// `ref` makes a retry harmless: it grants once. Errors: Invalid `validation.failed` (credits,
    /// note); those of LedgerStore::add_entry.
    Task<Result<LedgerEntry>> run(UserId user, Credits credits, std::string ref,
                                  OperatorAct act) const;

private:
    LedgerStore& ledger_;
    Events& events_;
    const Clock& clock_;
};

/// Settles a case of the review queue.
class SettleReview {
public:
    SettleReview(ReviewStore& reviews, Events& events, const Clock& clock)
        : reviews_(reviews), events_(events), clock_(clock) {}

    /// Errors: Invalid `validation.failed` (note); those of ReviewStore::settle_review.
    Task<Result<SettledReview>> run(ReviewSettlement settlement) const;

private:
    ReviewStore& reviews_;
    Events& events_;
    const Clock& clock_;
};

}  // namespace imagify
