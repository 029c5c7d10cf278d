#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/generation.hpp"
#include "ports/idempotency.hpp"
#include "ports/page.hpp"

namespace imagify {

/// An account's two numbers, as they are after a step.
struct Balance {
    Credits credits;
    Credits held;
    bool operator==(const Balance&) const = default;
};

struct NewHold {
    Generation generation;
    std::optional<IdempotencyKey> key;
};

struct HoldOutcome {
    Generation generation;
    Balance balance;
    /// False when the key had made this generation before: nothing was held now.
    bool created = true;
};

struct Capture {
    GenerationId id;
    /// Only the process that holds the lease may capture.
    std::string lease;
    StoredPicture picture;
    TimePoint now{};
};

struct Release {
    GenerationId id;
    /// Failed or Cancelled.
    GenerationState to = GenerationState::Failed;
    std::string error{};
    TimePoint now{};
};

struct GenerationFilter {
    std::optional<GenerationState> state{};
    /// Part of the prompt, compared without regard to ASCII case; empty matches all.
    std::string text{};
};

/// Where generations and their holds live. Capture and release are one conditional update of the
/// same row: exactly one wins. Safe from several coroutines and threads at once; never throws;
/// outlives every Task it returns. Unavailable: nothing changed. Unknown: look it up.
class GenerationStore {
public:
    virtual ~GenerationStore() = default;

    /// Sets the price aside if the account has it, and makes the generation, in one atomic step.
    /// A repeated key with the same fingerprint yields the generation that it made.
    /// Errors: InsufficientCredits `credits.insufficient`; Invalid `idempotency.mismatch`;
    /// NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<HoldOutcome>> place_hold(NewHold hold) = 0;

    /// Charges the hold and publishes the picture. The bytes are durable before this is called.
    /// Errors: Conflict `generation.not_held` (released, captured or leased by another);
    /// Unavailable; Unknown.
    virtual Task<Result<Balance>> capture(Capture capture) = 0;

    /// Gives the held credits back. Errors: Conflict `generation.not_held`; Unavailable; Unknown.
    virtual Task<Result<Balance>> release(Release release) = 0;

    /// Takes over a hold whose process died, so that its picture may be captured.
    /// Errors: Conflict `generation.not_held`; Unavailable; Unknown.
    virtual Task<Result<void>> take_lease(GenerationId id, std::string lease) = 0;

    /// Another person's generation, and a deleted one, look exactly like an absent one.
    /// Errors: NotFound `image.not_found`; Unavailable.
    virtual Task<Result<Generation>> find_generation_of(UserId owner, GenerationId id) = 0;

    /// Errors: NotFound `image.not_found`; Unavailable.
    virtual Task<Result<Generation>> find_generation(GenerationId id) = 0;

    /// The owner's generations, newest first, without deleted ones.
    virtual Task<Result<Page<Generation>>> list_generations(UserId owner, GenerationFilter filter,
                                                            PageRequest page) = 0;

    /// Hides the generation at once; its bytes are collected later. The ledger keeps its entry.
    /// Errors: NotFound `image.not_found`; Conflict `image.pending` (cancel it first); Unavailable.
    virtual Task<Result<void>> delete_generation(UserId owner, GenerationId id, TimePoint now) = 0;

    /// Holds past their deadline, oldest first. A deadline further off than a hold ever lasts means
    /// that the wall clock went back: that hold counts as past it too.
    virtual Task<Result<std::vector<Generation>>> overdue_holds(TimePoint now,
                                                                std::size_t limit) = 0;

    /// Holds left behind by a process that died: they carry another lease than this one, and
    /// where several processes share the store, one without a heartbeat (StoreUpkeep::keep_alive).
    virtual Task<Result<std::vector<Generation>>> orphaned_holds(std::string own_lease,
                                                                 std::size_t limit) = 0;

    /// Deleted generations whose bytes may still exist.
    virtual Task<Result<std::vector<GenerationId>>> deleted_generations(std::size_t limit) = 0;

    /// Forgets a deleted generation after its bytes are gone. Idempotent.
    virtual Task<Result<void>> purge_generation(GenerationId id) = 0;
};

}  // namespace imagify
