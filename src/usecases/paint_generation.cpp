#include "usecases/paint_generation.hpp"

#include <algorithm>
#include <array>

#include "base/failpoint.hpp"
#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::size_t kThumbnailMaxBytes = std::size_t{1} * 1024 * 1024;
constexpr std::size_t kCopyBytes = std::size_t{64} * 1024;
constexpr std::chrono::seconds kTryAgainAfter{1};

// The request itself is at fault: no other painter will see it differently.
bool is_final(ErrorKind kind) { return kind == ErrorKind::Refused || kind == ErrorKind::Invalid; }

// What the customer is told; the operator's own troubles are none of theirs.
std::string public_code(const Error& error) {
    switch (error.kind) {
        case ErrorKind::Refused:
        case ErrorKind::RateLimited:
        case ErrorKind::Timeout: return error.code;
        default: return "painter.unavailable";
    }
}

StoredPicture describe(const PictureFacts& facts, const StagedBlob& bytes, std::string engine) {
    return {.mime = facts.mime,
            .width_px = facts.width_px,
            .height_px = facts.height_px,
            .size_bytes = bytes.size_bytes(),
            .sha256 = bytes.sha256(),
            .color = facts.color,
            .engine = std::move(engine)};
}

}  // namespace

Task<void> PaintGeneration::run(GenerationId id) const {
    const auto generation = co_await parts_.generations.find_generation(id);
    if (!generation || generation->state != GenerationState::Held) co_return;
    auto staged = co_await paint(*generation);
    if (!staged) {
        co_await give_back(*generation, staged.error());
        co_return;
    }
    auto stored = co_await store(id, std::move(*staged));
    if (!stored) {
        co_await give_back(*generation, stored.error());
        co_return;
    }
    FAILPOINT("paint.before_capture");
    co_await charge_while_held(*generation, std::move(*stored));
}

// The picture is there: a store that cannot write just now is asked again while the hold lasts.
Task<void> PaintGeneration::charge_while_held(const Generation& generation,
                                              StoredPicture picture) const {
    const auto give_up = parts_.clock.steady_now() + kHoldDeadline;
    auto charged = co_await charge(generation, picture);
    while (!charged && charged.error().kind != ErrorKind::Conflict &&
           parts_.clock.steady_now() < give_up) {
        co_await parts_.clock.sleep_for(kTryAgainAfter);
        charged = co_await charge(generation, picture);
    }
    if (charged || charged.error().kind != ErrorKind::Conflict) co_return;
    // The reaper or a cancel was faster: the credit is back, so the bytes have to go. Or an earlier
    // try of ours was, whose outcome we never heard: then they are the customer's.
    if (co_await are_nobodys(generation.id) && !MUTANT("paint.loser_keeps_bytes"))
        co_await remove_bytes(generation.id);
}

// Bytes of a picture that is ready are the customer's; those of a hold that another process took
// over are what that one is about to charge for.
Task<bool> PaintGeneration::are_nobodys(GenerationId id) const {
    const auto now = co_await parts_.generations.find_generation(std::move(id));
    if (!now) co_return now.error().kind == ErrorKind::NotFound;
    co_return now->state == GenerationState::Failed || now->state == GenerationState::Cancelled;
}

Task<void> PaintGeneration::remove_bytes(const GenerationId& id) const {
    co_await parts_.blobs.remove({.generation = id, .variant = BlobVariant::Original});
    co_await parts_.blobs.remove({.generation = id, .variant = BlobVariant::Thumbnail});
}

Task<Result<PaintGeneration::Staged>> PaintGeneration::paint(const Generation& generation) const {
    const PaintRequest request{.order = generation.order,
                               .deadline = parts_.clock.steady_now() + kGenerationLimit};
    Result<Staged> last = fail(ErrorKind::Unavailable, "painter.unavailable", "nobody can paint");
    for (auto* painter :
         parts_.painters.candidates(generation.order, generation.requested_engine)) {
        last = co_await paint_with(*painter, request);
        parts_.painters.report(*painter, last || is_final(last.error().kind));
        if (last || is_final(last.error().kind)) break;
        log_event(LogLevel::Warning, "painter.failed",
                  {{"engine", std::string_view(painter->capabilities().id)},
                   {"generationId", generation.id.text()},
                   {"code", std::string_view(last.error().code)},
                   {"detail", std::string_view(last.error().detail)}});
        if (parts_.clock.steady_now() >= request.deadline) break;
    }
    co_return last;
}

Task<Result<PaintGeneration::Staged>> PaintGeneration::paint_with(
    Painter& painter, const PaintRequest& request) const {
    auto bytes = co_await parts_.blobs.stage(kPictureMaxBytes);
    if (!bytes) co_return std::unexpected(bytes.error());
    const auto painted = co_await painter.paint(request, **bytes);
    if (!painted) co_return std::unexpected(painted.error());
    auto facts = co_await inspect(**bytes);
    if (!facts && MUTANT("paint.not_inspected")) facts = PictureFacts{};
    if (!facts) co_return std::unexpected(facts.error());
    co_return Staged{
        .bytes = std::move(*bytes), .facts = std::move(*facts), .engine = painted->engine};
}

Task<Result<PictureFacts>> PaintGeneration::inspect(StagedBlob& bytes) const {
    const auto view = bytes.view();
    if (!view) co_return std::unexpected(view.error());
    co_return co_await parts_.worker.run<PictureFacts>(
        [this, view] { return parts_.inspector.inspect(*view); });
}

Task<Result<StoredPicture>> PaintGeneration::store(const GenerationId& id, Staged staged) const {
    auto picture = describe(staged.facts, *staged.bytes, std::move(staged.engine));
    if (auto kept = co_await store_thumbnail(id, staged.facts); !kept) {
        co_return std::unexpected(kept.error());
    }
    FAILPOINT("paint.before_publish");
    auto published = co_await parts_.blobs.publish(
        {.generation = id, .variant = BlobVariant::Original}, std::move(staged.bytes));
    // Another worker, who got the same message, stored its picture first: that is the one.
    if (!published && published.error().kind == ErrorKind::Conflict) co_return co_await adopt(id);
    if (!published && !MUTANT("paint.charged_unstored")) {
        co_return std::unexpected(published.error());
    }
    co_return picture;
}

Task<Result<StoredPicture>> PaintGeneration::adopt(const GenerationId& id) const {
    auto stored = co_await read_stored(id);
    if (!stored) co_return std::unexpected(stored.error());
    if (auto kept = co_await store_thumbnail(id, stored->facts); !kept)
        co_return std::unexpected(kept.error());
    co_return describe(stored->facts, *stored->bytes, std::move(stored->engine));
}

Task<Result<void>> PaintGeneration::store_thumbnail(const GenerationId& id,
                                                    const PictureFacts& facts) const {
    auto bytes = co_await parts_.blobs.stage(kThumbnailMaxBytes);
    if (!bytes) co_return std::unexpected(bytes.error());
    if (auto written = co_await (*bytes)->write(facts.thumbnail); !written) co_return written;
    co_return co_await parts_.blobs.publish({.generation = id, .variant = BlobVariant::Thumbnail},
                                            std::move(*bytes));
}

Task<Result<void>> PaintGeneration::charge(const Generation& generation,
                                           StoredPicture picture) const {
    const auto captured = co_await parts_.generations.capture({.id = generation.id,
                                                               .lease = generation.lease,
                                                               .picture = std::move(picture),
                                                               .now = parts_.clock.now()});
    parts_.events.publish(generation.user_id, {.generation = generation.id});
    if (!captured) co_return std::unexpected(captured.error());
    co_return Result<void>{};
}

Task<Result<Balance>> PaintGeneration::release(const GenerationId& id, const Error& error) const {
    return parts_.generations.release({.id = id,
                                       .to = GenerationState::Failed,
                                       .error = public_code(error),
                                       .now = parts_.clock.now()});
}

Task<void> PaintGeneration::give_back(const Generation& generation, const Error& error) const {
    const auto give_up = parts_.clock.steady_now() + kHoldDeadline;
    auto released = co_await release(generation.id, error);
    // A cancel may come before the store writes again, and it leaves the bytes to us.
    while (!released && released.error().kind != ErrorKind::Conflict &&
           parts_.clock.steady_now() < give_up) {
        co_await parts_.clock.sleep_for(kTryAgainAfter);
        released = co_await release(generation.id, error);
    }
    // The thumbnail may have been stored before the picture failed to be. Where the hold was not
    // ours to release any more, another worker may have charged for the bytes.
    if (released || co_await are_nobodys(generation.id)) co_await remove_bytes(generation.id);
    parts_.events.publish(generation.user_id, {.generation = generation.id});
}

Task<Result<PaintGeneration::Staged>> PaintGeneration::read_stored(GenerationId id) const {
    auto reader =
        co_await parts_.blobs.open({.generation = std::move(id), .variant = BlobVariant::Original});
    if (!reader) co_return std::unexpected(reader.error());
    auto copy = co_await parts_.blobs.stage(kPictureMaxBytes);
    if (!copy) co_return std::unexpected(copy.error());
    std::vector<std::byte> buffer(kCopyBytes);
    for (std::int64_t offset = 0; offset < (*reader)->size_bytes();) {
        const auto count = co_await (*reader)->read(offset, buffer);
        if (!count || *count == 0) co_return fail(ErrorKind::Unavailable, "blob.unreadable");
        const std::span<const std::byte> piece(buffer.data(), *count);
        if (auto written = co_await (*copy)->write(piece); !written)
            co_return std::unexpected(written.error());
        offset += static_cast<std::int64_t>(*count);
    }
    auto facts = co_await inspect(**copy);
    if (!facts) co_return std::unexpected(facts.error());
    co_return Staged{.bytes = std::move(*copy), .facts = std::move(*facts), .engine = "recovered"};
}

Task<Result<void>> PaintGeneration::roll_forward(Generation generation, std::string lease) const {
    if (MUTANT("recover.never_rolls_forward")) co_return fail(ErrorKind::NotFound, "mutant");
    auto stored = co_await read_stored(generation.id);
    if (!stored) co_return std::unexpected(stored.error());
    if (auto taken = co_await parts_.generations.take_lease(generation.id, lease); !taken) {
        co_return taken;
    }
    if (!MUTANT("recover.keeps_the_dead_lease")) generation.lease = std::move(lease);
    if (auto kept = co_await store_thumbnail(generation.id, stored->facts); !kept) co_return kept;
    co_return co_await charge(generation,
                              describe(stored->facts, *stored->bytes, std::move(stored->engine)));
}

}  // namespace imagify
