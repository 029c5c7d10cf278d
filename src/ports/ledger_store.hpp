#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/ledger_entry.hpp"
#include "domain/operator_act.hpp"
#include "ports/page.hpp"

namespace imagify {

/// A movement that an operator makes by hand.
struct ManualEntry {
    UserId user_id;
    /// Grant (positive) or Adjust (either sign).
    LedgerKind kind = LedgerKind::Grant;
    /// Makes the entry once: a repeated ref changes nothing.
    std::string ref;
    Credits delta;
    OperatorAct act;
};

/// The append-only book of credits. Safe from several coroutines and threads at once; never throws;
/// outlives every Task it returns.
class LedgerStore {
public:
    virtual ~LedgerStore() = default;

    /// The owner's movements, newest first.
    virtual Task<Result<Page<LedgerEntry>>> list_entries(UserId owner, PageRequest page) = 0;

    /// Adds a movement by hand, with the audit log. Errors: NotFound `account.not_found`; Conflict
    /// `ledger.repeated`; InsufficientCredits `credits.insufficient`; Unavailable; Unknown.
    virtual Task<Result<LedgerEntry>> add_entry(ManualEntry entry) = 0;
};

}  // namespace imagify
