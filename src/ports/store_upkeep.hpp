#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify {

/// One broken invariant of the books.
struct Violation {
    /// "I1".."I12" of docs/money.md.
    std::string invariant;
    std::string subject;
    std::string detail;
};

/// A picture that the books say exists.
struct ChargedPicture {
    GenerationId id;
    std::string sha256;
};

/// Upkeep of a store as a whole. Safe from several threads; outlives every Task it returns.
class StoreUpkeep {
public:
    virtual ~StoreUpkeep() = default;

    /// Commits a small write. Errors: Unavailable when the store takes no writes.
    virtual Task<Result<void>> check_writable() = 0;

    /// Says that the process with this lease lives: the holds of one that is silent for 20 s are
    /// orphans (see GenerationStore::orphaned_holds). Every 5 s, and before the process holds
    /// anything. Nothing to do for a store that serves one process.
    virtual Task<Result<void>> keep_alive(std::string lease, TimePoint now) = 0;

    /// Removes idempotency records, sessions and links that expired before `now`,
    /// and finishes what is left of deleted accounts.
    virtual Task<Result<void>> forget_expired(TimePoint now) = 0;

    /// Checks every invariant of the books. An empty list means that they balance.
    virtual Task<Result<std::vector<Violation>>> verify() = 0;

    /// Ready pictures that are not deleted, by ascending id, after `after` (empty: from the start).
    virtual Task<Result<std::vector<ChargedPicture>>> charged_pictures(GenerationId after,
                                                                       std::size_t limit) = 0;
};

}  // namespace imagify
