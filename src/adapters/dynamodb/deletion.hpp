#pragma once

#include "adapters/dynamodb/store_state.hpp"

namespace imagify::dynamodb {

/// Resolves what a deleted account left: releases holds, hides pictures, books credits out. Each
/// step leaves the books right and may be repeated. True when nothing was left.
Task<Result<bool>> tidy_deleted(DynamoStore& store, DynamoStore::State& state, UserId user,
                                TimePoint now);

/// The same for every deleted account whose next round is due.
Task<Result<void>> finish_deletions(DynamoStore& store, DynamoStore::State& state, TimePoint now);

}  // namespace imagify::dynamodb
