#include "usecases/tend_holds.hpp"

#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

constexpr std::size_t kRoundLimit = 1'000;

}  // namespace

Task<Result<int>> TendHolds::recover() const {
    const auto orphans = co_await parts_.generations.orphaned_holds(parts_.lease, kRoundLimit);
    if (!orphans) co_return std::unexpected(orphans.error());
    int resolved = 0;
    for (const auto& orphan : *orphans) {
        const auto charged = co_await parts_.paint_generation.roll_forward(orphan, parts_.lease);
        const bool ended = charged || co_await release(orphan, "painter.interrupted");
        log_event(LogLevel::Warning, "hold.recovered",
                  {{"generationId", orphan.id.text()}, {"charged", charged.has_value()}});
        resolved += ended ? 1 : 0;
    }
    co_return resolved;
}

Task<Result<int>> TendHolds::reap() const {
    const auto overdue = co_await parts_.generations.overdue_holds(parts_.clock.now(), kRoundLimit);
    if (!overdue) co_return std::unexpected(overdue.error());
    int released = 0;
    for (const auto& hold : *overdue) {
        log_event(LogLevel::Warning, "hold.overdue", {{"generationId", hold.id.text()}});
        released += co_await release(hold, "painter.timeout") ? 1 : 0;
    }
    co_await collect_deleted();
    co_return released;
}

Task<bool> TendHolds::release(const Generation& generation, std::string code) const {
    const auto released = co_await parts_.generations.release({.id = generation.id,
                                                               .to = GenerationState::Failed,
                                                               .error = std::move(code),
                                                               .now = parts_.clock.now()});
    if (!released) co_return false;
    co_await parts_.blobs.remove({.generation = generation.id, .variant = BlobVariant::Original});
    co_await parts_.blobs.remove({.generation = generation.id, .variant = BlobVariant::Thumbnail});
    parts_.events.publish(generation.user_id, {.generation = generation.id});
    co_return true;
}

Task<void> TendHolds::collect_deleted() const {
    const auto deleted = co_await parts_.generations.deleted_generations(kRoundLimit);
    if (!deleted) co_return;
    for (const auto& id : *deleted) {
        const auto original =
            co_await parts_.blobs.remove({.generation = id, .variant = BlobVariant::Original});
        const auto thumbnail =
            co_await parts_.blobs.remove({.generation = id, .variant = BlobVariant::Thumbnail});
        if ((original && thumbnail) || MUTANT("collect.forgets_failures"))
            co_await parts_.generations.purge_generation(id);
    }
}

}  // namespace imagify
