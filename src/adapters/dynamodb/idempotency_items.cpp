#include "adapters/dynamodb/idempotency_items.hpp"

#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {

Task<Result<std::optional<std::string>>> find_key(Draft& draft, Table table, UserId user,
                                                  IdempotencyKey key, TimePoint now) {
    const auto seen = co_await draft.read(std::move(table), idempotency_key(user, key));
    if (!seen) co_return std::unexpected(seen.error());
    // DynamoDB deletes what has expired days later.
    if (!*seen || (*seen)->time("expiresAt") <= now) co_return std::nullopt;
    if ((*seen)->text("fingerprint") != key.fingerprint) {
        co_return fail(ErrorKind::Invalid, "idempotency.mismatch");
    }
    co_return (*seen)->text("ref");
}

void keep_key(Draft& draft, const Table& table, const UserId& user, const IdempotencyKey& key,
              const std::string& ref, TimePoint now) {
    const auto expires_at = now + kIdempotencyKept;
    draft.replace(table, {{table.key, idempotency_key(user, key)},
                          {"owner", user.text()},
                          {"fingerprint", key.fingerprint},
                          {"ref", ref},
                          {"expiresAt", to_unix_ms(expires_at)},
                          {kTtlAttribute, ttl_at(expires_at)}});
}

}  // namespace imagify::dynamodb
