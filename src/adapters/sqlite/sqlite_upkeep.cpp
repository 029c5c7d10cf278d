#include <array>

#include "adapters/sqlite/store_state.hpp"

namespace imagify::sqlite {
namespace {

// Longer than anybody waits for five more credits; then nothing at all is left of the person.
constexpr std::chrono::hours kFormerEmailKept{24 * 365};

// Each query yields (subject, detail) for every row that breaks the invariant.
struct Check {
    const char* invariant;
    const char* sql;
};

constexpr auto kChecks = std::to_array<Check>({
    {"I1 credits + held = sum of the ledger",
     "SELECT user_id, 'credits ' || credits || ' + held ' || held || ' <> ledger ' || total FROM"
     " (SELECT u.user_id, u.credits, u.held, coalesce((SELECT sum(delta) FROM ledger l"
     "   WHERE l.user_id = u.user_id), 0) AS total FROM users u)"
     " WHERE credits + held <> total"},
    {"I2 held = sum of open holds; nothing negative",
     "SELECT user_id, 'held ' || held || ' <> open holds ' || open FROM"
     " (SELECT u.user_id, u.credits, u.held, coalesce((SELECT sum(price) FROM generations g"
     "   WHERE g.user_id = u.user_id AND g.state = 'pending'), 0)"
     "   + coalesce((SELECT sum(credits) FROM refunds r"
     "   WHERE r.user_id = u.user_id AND r.state = 'open'), 0) AS open FROM users u)"
     " WHERE held <> open OR credits < 0 OR held < 0"},
    {"I3 every ledger entry carries the running balance",
     "SELECT user_id, 'entry ' || id || ' says ' || balance_after || ', the sum is ' || running"
     " FROM (SELECT user_id, id, balance_after,"
     "   sum(delta) OVER (PARTITION BY user_id ORDER BY id) AS running FROM ledger)"
     " WHERE balance_after <> running"},
    {"I3 every reference is unique",
     "SELECT kind || ':' || ref, count(*) || ' entries' FROM ledger"
     " GROUP BY kind, ref HAVING count(*) > 1"},
    {"I4 a paid order has its purchase",
     "SELECT o.order_id, 'no purchase of ' || o.credits || ' credits' FROM orders o"
     " LEFT JOIN ledger l ON l.kind = 'purchase' AND l.ref = o.order_id"
     "   AND l.delta = o.credits AND l.user_id = o.user_id"
     " WHERE o.paid_at IS NOT NULL AND l.id IS NULL"},
    {"I4 a purchase has its paid order",
     "SELECT l.ref, 'purchase of ' || l.delta || ' credits without a paid order' FROM ledger l"
     " LEFT JOIN orders o ON o.order_id = l.ref AND o.paid_at IS NOT NULL"
     " WHERE l.kind = 'purchase' AND o.order_id IS NULL"},
    {"I4 one gateway payment pays one order",
     "SELECT gateway_transaction, count(*) || ' orders' FROM orders"
     " WHERE gateway_transaction <> '' GROUP BY gateway_transaction HAVING count(*) > 1"},
    {"I4 an order is refunding or refunded with its refund",
     "SELECT o.order_id, o.status || ', but its refund is ' || coalesce(r.state, 'absent')"
     " FROM orders o LEFT JOIN refunds r ON r.order_id = o.order_id AND r.state <> 'rejected'"
     " WHERE CASE o.status WHEN 'refunding' THEN 'open' WHEN 'refunded' THEN 'done' ELSE '' END"
     "   <> coalesce(r.state, '')"},
    {"I4 a refund took its credits back once",
     "SELECT r.refund_id, r.state || ', ledger ' || coalesce(l.delta, 'nothing') FROM refunds r"
     " LEFT JOIN ledger l ON l.kind = 'refund' AND l.ref = r.refund_id AND l.user_id = r.user_id"
     " WHERE coalesce(l.delta, 0) <> iif(r.state = 'done', -r.credits, 0)"},
    {"I4 credits leave for a refund only",
     "SELECT l.ref, 'ledger ' || l.delta || ' without a refund' FROM ledger l"
     " LEFT JOIN refunds r ON r.refund_id = l.ref WHERE l.kind = 'refund' AND r.refund_id IS NULL"},
    {"I4 a second payment is credited by a person's word only",
     "SELECT l.ref, 'ledger ' || l.delta || ' without an approved case' FROM ledger l"
     " LEFT JOIN review_items r ON 'review:' || r.id = l.ref AND r.resolution = 'approve'"
     "   AND r.reason = 'paid_twice'"
     " WHERE l.kind = 'adjust' AND l.ref LIKE 'review:%' AND r.id IS NULL"},
    {"I6 a ready picture was charged once",
     "SELECT g.generation_id, 'ready, but not charged ' || g.price FROM generations g"
     " LEFT JOIN ledger l ON l.kind = 'capture' AND l.ref = g.generation_id"
     "   AND l.delta = -g.price AND l.user_id = g.user_id"
     " WHERE g.state = 'ready' AND l.id IS NULL"},
    {"I6 a picture that failed was not charged",
     "SELECT g.generation_id, g.state || ', but charged' FROM generations g"
     " JOIN ledger l ON l.kind = 'capture' AND l.ref = g.generation_id"
     " WHERE g.state <> 'ready'"},
    {"I12 e-mail addresses are unique",
     "SELECT email, count(*) || ' accounts' FROM users GROUP BY email HAVING count(*) > 1"},
    {"I12 a gift is promised or given",
     "SELECT u.user_id, 'promised ' || u.gift_pending || ', but given' FROM users u"
     " JOIN ledger l ON l.kind = 'grant' AND l.ref = u.user_id WHERE u.gift_pending > 0"},
    {"I12 a deleted account keeps nothing of its person",
     "SELECT user_id, 'deleted, but something is left' FROM users u WHERE deleted_at IS NOT NULL"
     " AND (name || password_hash || otp_secret <> '' OR email <> 'deleted:' || user_id"
     "   OR held <> 0 OR EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.user_id)"
     "   OR EXISTS (SELECT 1 FROM account_links k WHERE k.user_id = u.user_id)"
     "   OR EXISTS (SELECT 1 FROM generations g WHERE g.user_id = u.user_id"
     "     AND g.deleted_at IS NULL))"},
    {"file integrity",
     "SELECT 'database', * FROM pragma_integrity_check"
     " WHERE integrity_check <> 'ok'"},
    {"references",
     "SELECT \"table\", 'row ' || rowid || ' of ' || parent FROM"
     " pragma_foreign_key_check"},
});

}  // namespace

Task<Result<void>> SqliteStore::check_writable() {
    co_return co_await state_->write<void>([this](Connection& connection) -> Result<void> {
        Query(connection, "INSERT OR REPLACE INTO heartbeat (one, beat_at) VALUES (1, ?)",
              to_unix_ms(state_->clock->now()))
            .run();
        return {};
    });
}

Task<Result<void>> SqliteStore::keep_alive(std::string, TimePoint) { co_return Result<void>{}; }

Task<Result<void>> SqliteStore::forget_expired(TimePoint now) {
    co_return co_await state_->write<void>([now](Connection& connection) -> Result<void> {
        const auto then = to_unix_ms(now);
        Query(connection, "DELETE FROM idempotency WHERE expires_at <= ?", then).run();
        Query(connection, "DELETE FROM sessions WHERE expires_at <= ?", then).run();
        Query(connection, "DELETE FROM account_links WHERE expires_at <= ?", then).run();
        Query(connection, "DELETE FROM former_emails WHERE deleted_at <= ?",
              to_unix_ms(now - kFormerEmailKept))
            .run();
        return {};
    });
}

Task<Result<std::vector<Violation>>> SqliteStore::verify() {
    co_return state_->read([](Connection& connection) -> Result<std::vector<Violation>> {
        std::vector<Violation> violations;
        // Every page is read several times: a larger cache than look-ups need, for this once.
        connection.execute("PRAGMA cache_size = -131072");
        // One snapshot for all checks: a running server may write meanwhile.
        connection.execute("BEGIN");
        for (const auto& check : kChecks) {
            Query query(connection, check.sql);
            while (query.step()) {
                violations.push_back({.invariant = check.invariant,
                                      .subject = query.text(0),
                                      .detail = query.text(1)});
            }
        }
        connection.execute("COMMIT");
        connection.execute("PRAGMA cache_size = -2000");
        return violations;
    });
}

Task<Result<std::vector<ChargedPicture>>> SqliteStore::charged_pictures(GenerationId after,
                                                                        std::size_t limit) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<ChargedPicture>> {
        Query query(connection,
                    "SELECT generation_id, sha256 FROM generations WHERE generation_id > ?"
                    " AND state = 'ready' AND deleted_at IS NULL ORDER BY generation_id LIMIT ?",
                    after.text(), static_cast<std::int64_t>(limit));
        std::vector<ChargedPicture> pictures;
        while (query.step()) {
            pictures.push_back({.id = GenerationId(query.text(0)), .sha256 = query.text(1)});
        }
        return pictures;
    });
}

}  // namespace imagify::sqlite
