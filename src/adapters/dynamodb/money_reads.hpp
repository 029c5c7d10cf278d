#pragma once

#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {

/// Later than anything becomes due.
inline constexpr TimePoint kEndOfTime = TimePoint::max();

/// One page of what an account owns, newest first, through the userId-index: what comes before
/// `cursor`, the createdAt of an item. Errors: Invalid `validation.failed` (cursor).
Task<Result<std::vector<Item>>> owned_items(DynamoStore::State& state, Table table, UserId owner,
                                            std::string cursor, std::size_t limit);

/// What is due of a kind by `until`, most overdue first. The index says where to look; the items
/// are as they are, without those that are not due any more.
Task<Result<std::vector<Item>>> due_items(DynamoStore::State& state, Table table, Due kind,
                                          TimePoint until, std::size_t limit);

/// The account's balance after a transaction that has committed; `expected` when it cannot be read.
Task<Balance> balance_after(DynamoStore::State& state, UserId user, Balance expected);

}  // namespace imagify::dynamodb
