#pragma once

#include <string>

#include "base/worker.hpp"
#include "ports/blob_store.hpp"
#include "ports/events.hpp"
#include "ports/generation_store.hpp"
#include "ports/picture_inspector.hpp"
#include "usecases/painter_roster.hpp"

namespace imagify {

/// The work behind a hold: paint, inspect, store durably, then charge; or give the credit back.
class PaintGeneration {
public:
    struct Parts {
        GenerationStore& generations;
        BlobStore& blobs;
        PainterRoster& painters;
        const PictureInspector& inspector;
        Worker& worker;
        Events& events;
        Clock& clock;
    };
    explicit PaintGeneration(Parts parts) : parts_(parts) {}

    /// Brings a held generation to its end. A generation that is not held any more is left alone;
    /// every error ends in a release, or in the reaper when even that cannot be stored.
    Task<void> run(GenerationId id) const;

    /// Charges a generation whose bytes were stored by a process that died, if they are valid.
    /// Errors: NotFound `blob.not_found`; BadUpstream `picture.invalid`; those of GenerationStore.
    Task<Result<void>> roll_forward(Generation generation, std::string lease) const;

private:
    struct Staged {
        std::unique_ptr<StagedBlob> bytes;
        PictureFacts facts;
        std::string engine;
    };
    Task<Result<Staged>> paint(const Generation& generation) const;
    Task<Result<Staged>> paint_with(Painter& painter, const PaintRequest& request) const;
    Task<Result<PictureFacts>> inspect(StagedBlob& bytes) const;
    Task<Result<StoredPicture>> store(const GenerationId& id, Staged staged) const;
    Task<Result<StoredPicture>> adopt(const GenerationId& id) const;
    Task<Result<Staged>> read_stored(GenerationId id) const;
    Task<bool> are_nobodys(GenerationId id) const;
    Task<Result<void>> store_thumbnail(const GenerationId& id, const PictureFacts& facts) const;
    Task<Result<void>> charge(const Generation& generation, StoredPicture picture) const;
    Task<void> charge_while_held(const Generation& generation, StoredPicture picture) const;
    Task<void> remove_bytes(const GenerationId& id) const;
    Task<Result<Balance>> release(const GenerationId& id, const Error& error) const;
    Task<void> give_back(const Generation& generation, const Error& error) const;

    Parts parts_;
};

}  // namespace imagify
