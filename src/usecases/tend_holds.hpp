#pragma once

#include <string>

#include "usecases/paint_generation.hpp"

namespace imagify {

/// Sees to it that no credit stays held for nothing and no bytes stay without an owner.
class TendHolds {
public:
    struct Parts {
        GenerationStore& generations;
        BlobStore& blobs;
        Events& events;
        const PaintGeneration& paint_generation;
        const Clock& clock;
        /// Names this process; see Generation::lease.
        std::string lease;
    };
    explicit TendHolds(Parts parts) : parts_(std::move(parts)) {}

    /// At start-up: holds of a process that died are charged when their picture is stored and
    /// valid, else released. Yields how many it resolved. Errors: those of GenerationStore.
    Task<Result<int>> recover() const;

    /// Releases holds past their deadline and collects the bytes of deleted pictures. Yields how
    /// many holds it released. Errors: those of GenerationStore.
    Task<Result<int>> reap() const;

private:
    Task<bool> release(const Generation& generation, std::string code) const;
    Task<void> collect_deleted() const;

    Parts parts_;
};

}  // namespace imagify
