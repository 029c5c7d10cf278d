#pragma once

#include <vector>

#include "ports/blob_store.hpp"
#include "ports/generation_store.hpp"
#include "ports/store_upkeep.hpp"

namespace imagify {

/// Checks every invariant of the books, and that each charged picture is there, byte for byte.
class VerifyBooks {
public:
    struct Parts {
        StoreUpkeep& store;
        GenerationStore& generations;
        BlobStore& blobs;
        const Clock& clock;
    };
    explicit VerifyBooks(Parts parts) : parts_(parts) {}

    /// Empty when the books balance. Errors: those of the stores.
    Task<Result<std::vector<Violation>>> run() const;

private:
    Task<Result<void>> check_holds(std::vector<Violation>& violations) const;
    Task<Result<void>> check_pictures(std::vector<Violation>& violations) const;

    Parts parts_;
};

}  // namespace imagify
