#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify {

/// Hands generations to whoever paints them, which may be another process. Safe from several
/// coroutines and threads at once.
class WorkQueue {
public:
    virtual ~WorkQueue() = default;

    /// After success somebody will work on the generation, not tied to this coroutine's life.
    /// At least once: the hold decides who may capture.
    /// Errors: Unavailable `server.overloaded` (full or draining).
    virtual Task<Result<void>> enqueue(GenerationId id) = 0;
};

}  // namespace imagify
