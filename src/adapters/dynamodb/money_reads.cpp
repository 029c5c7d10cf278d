#include "adapters/dynamodb/money_reads.hpp"

#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

// Longer than any cursor that a store hands out; DynamoDB takes sort keys of 1 KiB.
constexpr std::size_t kCursorMaxBytes = 200;

}  // namespace

Task<Result<std::vector<Item>>> owned_items(DynamoStore::State& state, Table table, UserId owner,
                                            std::string cursor, std::size_t limit) {
    if (cursor.size() > kCursorMaxBytes) {
        co_return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                        .code = "validation.failed",
                                        .fields = {{"cursor", "invalid"}}});
    }
    co_return co_await state.client.query(
        {.table = std::move(table),
         .index = kUserIndex,
         .hash_name = "userId",
         .hash = owner.text(),
         .range = cursor.empty() ? Condition{} : less_than("createdAt", cursor),
         .forward = false},
        limit);
}

Task<Result<std::vector<Item>>> due_items(DynamoStore::State& state, Table table, Due kind,
                                          TimePoint until, std::size_t limit) {
    auto hints = co_await state.due(table, kind, until, limit);
    if (!hints || hints->empty()) co_return hints;
    std::vector<std::string> keys;
    for (const auto& hint : *hints) keys.push_back(hint.text(table.key));
    auto items = co_await state.client.get_many(table, keys);
    if (!items) co_return std::unexpected(items.error());
    std::vector<Item> due;
    for (const auto& key : keys) {
        const auto found = items->find(key);
        if (found == items->end()) continue;
        const auto at = found->second.maybe_time("dueAt");
        if (at && *at <= until) due.push_back(std::move(found->second));
    }
    co_return due;
}

Task<Balance> balance_after(DynamoStore::State& state, UserId user, Balance expected) {
    const auto account = co_await state.client.get(state.tables.users, user.text());
    if (!account || !*account) co_return expected;
    co_return read_balance(**account);
}

}  // namespace imagify::dynamodb
