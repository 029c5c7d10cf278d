#include "adapters/dynamodb/money_reads.hpp"

namespace imagify::dynamodb {
namespace {

constexpr std::size_t kHoldsAtOnce = 10'000;

bool is_held(const Item& generation) {
    return generation.text("state") == to_text(GenerationState::Held);
}

}  // namespace

Task<Result<std::vector<Generation>>> DynamoStore::overdue_holds(TimePoint now, std::size_t limit) {
    const auto began = state_->client.clock().steady_now();
    // All that are held, by the index: few at any time, and those far off count too.
    auto items = co_await due_items(*state_, state_->tables.images, Due::Hold, kEndOfTime, limit);
    if (!items) co_return std::unexpected(items.error());
    // A hold of a moment ago is not far off, however long the reading took.
    const auto took = state_->client.clock().steady_now() - began;
    const auto latest = now + std::chrono::ceil<std::chrono::milliseconds>(took);
    std::vector<Generation> overdue;
    for (const auto& item : *items) {
        auto generation = read_generation(item);
        const bool too_far = generation.deadline > latest + 2 * kHoldDeadline;
        if (is_held(item) && (generation.deadline <= now || too_far)) {
            overdue.push_back(std::move(generation));
        }
    }
    co_return overdue;
}

Task<Result<std::vector<Generation>>> DynamoStore::orphaned_holds(std::string own_lease,
                                                                  std::size_t limit) {
    // The limit counts orphans: holds of servers that live must not hide them.
    auto items =
        co_await due_items(*state_, state_->tables.images, Due::Hold, kEndOfTime, kHoldsAtOnce);
    if (!items) co_return std::unexpected(items.error());
    std::vector<std::string> leases;
    for (const auto& item : *items) leases.push_back(process_key(item.text("lease")));
    auto processes = co_await state_->client.get_many(state_->tables.users, std::move(leases));
    if (!processes) co_return std::unexpected(processes.error());
    std::vector<Generation> orphans;
    for (const auto& item : *items) {
        const auto lease = item.text("lease");
        const auto process = processes->find(process_key(lease));
        // Another server on the same store may be painting it.
        const bool alive = process != processes->end() &&
                           process->second.time("aliveUntil") > state_->client.clock().now();
        if (is_held(item) && lease != own_lease && !alive && orphans.size() < limit) {
            orphans.push_back(read_generation(item));
        }
    }
    co_return orphans;
}

Task<Result<std::vector<GenerationId>>> DynamoStore::deleted_generations(std::size_t limit) {
    auto items =
        co_await state_->due(state_->tables.images, Due::DeletedGeneration, kEndOfTime, limit);
    if (!items) co_return std::unexpected(items.error());
    std::vector<GenerationId> ids;
    for (const auto& item : *items) ids.emplace_back(item.text("imageId"));
    co_return ids;
}

}  // namespace imagify::dynamodb
