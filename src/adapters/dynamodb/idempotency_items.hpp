#pragma once

#include <optional>
#include <string>

#include "adapters/dynamodb/draft.hpp"
#include "base/ids.hpp"
#include "ports/idempotency.hpp"

namespace imagify::dynamodb {

// Idempotency keys (imagify-transactions, key: idempotency_key): owner, fingerprint, ref,
// expiresAt, ttl.

/// What an idempotency key made before: its ref; nothing when the key is new or expired. Ties the
/// draft to it: of two requests with one new key, one starts over and finds it.
/// Errors: Invalid `idempotency.mismatch`; those of TableClient::get.
Task<Result<std::optional<std::string>>> find_key(Draft& draft, Table table, UserId user,
                                                  IdempotencyKey key, TimePoint now);

/// Ties a key, which `find_key` has looked for, to what it makes.
void keep_key(Draft& draft, const Table& table, const UserId& user, const IdempotencyKey& key,
              const std::string& ref, TimePoint now);

}  // namespace imagify::dynamodb
