#pragma once

#include "ports/events.hpp"
#include "ports/generation_store.hpp"

namespace imagify {

/// Stops a generation that is still held and gives its credit back.
class CancelImage {
public:
    CancelImage(GenerationStore& generations, Events& events, const Clock& clock)
        : generations_(generations), events_(events), clock_(clock) {}

    /// The generation as it is afterwards: cancelled, or what it had become before.
    /// Errors: NotFound `image.not_found`; those of GenerationStore.
    Task<Result<Generation>> run(UserId owner, GenerationId id) const;

private:
    GenerationStore& generations_;
    Events& events_;
    const Clock& clock_;
};

}  // namespace imagify
