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

    /// Removes idempotency records that expired before `now`.
    virtual Task<Result<void>> forget_expired(TimePoint now) = 0;

    /// Checks every invariant of the books. An empty list means that they balance.
    virtual Task<Result<std::vector<Violation>>> verify() = 0;

    /// Ready pictures that are not deleted, by ascending id, after `after` (empty: from the start).
    virtual Task<Result<std::vector<ChargedPicture>>> charged_pictures(GenerationId after,
                                                                       std::size_t limit) = 0;
};

}  // namespace imagify
