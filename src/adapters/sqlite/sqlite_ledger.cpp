#include "adapters/sqlite/order_rows.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

constexpr const char* kEntriesBefore =
    "SELECT id, user_id, kind, ref, delta, balance_after, note, created_at FROM ledger"
    " WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?";

LedgerEntry read_entry(const Query& query) {
    return LedgerEntry{.id = query.integer(0),
                       .user_id = UserId(query.text(1)),
                       .kind = parse_ledger_kind(query.text(2)),
                       .ref = query.text(3),
                       .delta = {query.integer(4)},
                       .balance_after = {query.integer(5)},
                       .note = query.text(6),
                       .created_at = from_unix_ms(query.integer(7))};
}

Result<LedgerEntry> insert_manual(Connection& connection, const ManualEntry& entry) {
    {
        Query repeated(connection, "SELECT 1 FROM ledger WHERE kind = ? AND ref = ?",
                       to_text(entry.kind), entry.ref);
        if (repeated.step() && !MUTANT("grant.given_twice"))
            return fail(ErrorKind::Conflict, "ledger.repeated");
    }
    {
        Query present(connection, "SELECT 1 FROM users WHERE user_id = ?", entry.user_id.text());
        if (!present.step()) return fail(ErrorKind::NotFound, "account.not_found");
    }
    const auto after = move_balance(connection, entry.user_id, entry.delta, {});
    if (!after) return fail(ErrorKind::InsufficientCredits, "credits.insufficient");
    const auto id = append_ledger(connection, {.user_id = entry.user_id,
                                               .kind = entry.kind,
                                               .ref = entry.ref,
                                               .delta = entry.delta,
                                               .after = *after,
                                               .note = entry.act.note,
                                               .now = entry.act.now});
    const auto sign = entry.delta.count > 0 ? "+" : "";
    append_audit(connection, entry.act, to_text(entry.kind), entry.user_id.text(),
                 sign + std::to_string(entry.delta.count) + " credits");
    return LedgerEntry{.id = id,
                       .user_id = entry.user_id,
                       .kind = entry.kind,
                       .ref = entry.ref,
                       .delta = entry.delta,
                       .balance_after = after->credits + after->held,
                       .note = entry.act.note,
                       .created_at = entry.act.now};
}

}  // namespace

std::int64_t append_ledger(Connection& connection, const Movement& movement) {
    if (movement.kind == LedgerKind::Purchase && MUTANT("ledger.purchase_forgotten")) return 0;
    if (movement.kind == LedgerKind::Capture && MUTANT("ledger.capture_forgotten")) return 0;
    const auto held = MUTANT("ledger.balance_without_held") ? Credits{} : movement.after.held;
    const auto balance = movement.after.credits + held;
    Query query(connection,
                "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                movement.user_id.text(), to_text(movement.kind), movement.ref, movement.delta.count,
                balance.count, movement.note, to_unix_ms(movement.now));
    query.step();
    return query.integer(0);
}

std::optional<Balance> move_balance(Connection& connection, const UserId& user, Credits credits,
                                    Credits held) {
    Query query(connection,
                "UPDATE users SET credits = credits + ?2, held = held + ?3"
                " WHERE user_id = ?1 AND credits + ?2 >= 0 AND held + ?3 >= 0"
                " RETURNING credits, held",
                user.text(), credits.count, held.count);
    if (!query.step()) return std::nullopt;
    return Balance{.credits = {query.integer(0)}, .held = {query.integer(1)}};
}

Result<std::optional<std::string>> find_key(Connection& connection, const UserId& user,
                                            const IdempotencyKey& key, TimePoint now) {
    Query query(connection,
                "SELECT fingerprint, ref FROM idempotency"
                " WHERE user_id = ? AND route = ? AND key = ? AND expires_at > ?",
                user.text(), key.route, key.key, to_unix_ms(now));
    if (!query.step() || MUTANT("key.ignored")) return std::nullopt;
    if (query.text(0) != key.fingerprint && !MUTANT("key.fingerprint_ignored")) {
        return fail(ErrorKind::Invalid, "idempotency.mismatch");
    }
    return query.text(1);
}

void keep_key(Connection& connection, const UserId& user, const IdempotencyKey& key,
              const std::string& ref, TimePoint now) {
    if (MUTANT("key.not_kept")) return;
    Query(connection,
          "INSERT OR REPLACE INTO idempotency (user_id, route, key, fingerprint, ref, expires_at)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          user.text(), key.route, key.key, key.fingerprint, ref, to_unix_ms(now + kIdempotencyKept))
        .run();
}

Task<Result<Page<LedgerEntry>>> SqliteStore::list_entries(UserId owner, PageRequest page) {
    const auto before = row_cursor(page.cursor);
    if (!before) co_return std::unexpected(before.error());
    co_return state_->read([&](Connection& connection) -> Result<Page<LedgerEntry>> {
        Query query(connection, kEntriesBefore, owner.text(), *before,
                    static_cast<std::int64_t>(page.limit + 1));
        std::vector<LedgerEntry> entries;
        while (query.step()) entries.push_back(read_entry(query));
        return cut_page(std::move(entries), page.limit,
                        [](const LedgerEntry& entry) { return std::to_string(entry.id); });
    });
}

Task<Result<LedgerEntry>> SqliteStore::add_entry(ManualEntry entry) {
    co_return co_await state_->write<LedgerEntry>(
        [&entry](Connection& connection) { return insert_manual(connection, entry); });
}

}  // namespace imagify::sqlite
