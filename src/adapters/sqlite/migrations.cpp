#include "adapters/sqlite/migrations.hpp"

#include <sqlite3.h>

#include <array>

namespace imagify::sqlite {
namespace {

// Version 1. Times are Unix milliseconds UTC; text ids are ULIDs, so primary keys sort by age.
constexpr const char* kAccounts = R"sql(
CREATE TABLE users (
    user_id       TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    locale        TEXT NOT NULL CHECK (locale IN ('vi', 'en')),
    role          TEXT NOT NULL CHECK (role IN ('user', 'admin')),
    password_hash TEXT NOT NULL,
    credits       INTEGER NOT NULL CHECK (credits >= 0),
    held          INTEGER NOT NULL CHECK (held >= 0),
    session_epoch INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       TEXT NOT NULL REFERENCES users,
    kind          TEXT NOT NULL
                  CHECK (kind IN ('grant', 'purchase', 'capture', 'refund', 'adjust')),
    ref           TEXT NOT NULL,
    delta         INTEGER NOT NULL CHECK (delta <> 0),
    balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
    note          TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    UNIQUE (kind, ref)
) STRICT;
CREATE INDEX ledger_by_user ON ledger (user_id, id);
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE idempotency (
    user_id     TEXT NOT NULL,
    route       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    ref         TEXT NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, route, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);

CREATE TABLE heartbeat (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    beat_at INTEGER NOT NULL
) STRICT;
)sql";

constexpr const char* kOrders = R"sql(
CREATE TABLE orders (
    order_id            TEXT PRIMARY KEY,
    user_id             TEXT NOT NULL REFERENCES users,
    plan_id             TEXT NOT NULL,
    credits             INTEGER NOT NULL CHECK (credits > 0),
    amount_vnd          INTEGER NOT NULL CHECK (amount_vnd > 0),
    status              TEXT NOT NULL
                        CHECK (status IN ('pending', 'paid', 'failed', 'expired', 'review')),
    failure             TEXT NOT NULL,
    created_at          INTEGER NOT NULL,
    expires_at          INTEGER NOT NULL,
    paid_at             INTEGER,
    gateway_transaction TEXT NOT NULL,
    bank_code           TEXT NOT NULL,
    client_address      TEXT NOT NULL,
    requested_bank      TEXT NOT NULL,
    gateway_locale      TEXT NOT NULL,
    next_check_at       INTEGER,
    checks              INTEGER NOT NULL,
    CHECK ((status = 'paid') = (paid_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_by_user ON orders (user_id, order_id);
CREATE INDEX orders_by_check ON orders (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE UNIQUE INDEX orders_by_gateway_transaction ON orders (gateway_transaction)
    WHERE gateway_transaction <> '';

CREATE TABLE payment_notices (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   TEXT NOT NULL REFERENCES orders,
    verdict    TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX payment_notices_by_order ON payment_notices (order_id);

CREATE TABLE review_items (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   TEXT NOT NULL REFERENCES orders,
    reason     TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    note       TEXT NOT NULL,
    UNIQUE (order_id, reason, evidence)
) STRICT;
)sql";

constexpr const char* kGenerations = R"sql(
CREATE TABLE generations (
    generation_id    TEXT PRIMARY KEY,
    user_id          TEXT NOT NULL REFERENCES users,
    state            TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'failed', 'cancelled')),
    prompt           TEXT NOT NULL,
    aspect_ratio     TEXT NOT NULL,
    style            TEXT NOT NULL,
    seed             INTEGER NOT NULL,
    negative_prompt  TEXT NOT NULL,
    requested_engine TEXT NOT NULL,
    price            INTEGER NOT NULL CHECK (price > 0),
    created_at       INTEGER NOT NULL,
    deadline         INTEGER NOT NULL,
    lease            TEXT NOT NULL,
    error            TEXT NOT NULL,
    resolved_at      INTEGER,
    deleted_at       INTEGER,
    mime             TEXT NOT NULL,
    width_px         INTEGER NOT NULL,
    height_px        INTEGER NOT NULL,
    size_bytes       INTEGER NOT NULL,
    sha256           TEXT NOT NULL,
    color            TEXT NOT NULL,
    engine           TEXT NOT NULL,
    CHECK ((state = 'pending') = (resolved_at IS NULL)),
    CHECK ((state = 'ready') = (sha256 <> '')),
    CHECK (deleted_at IS NULL OR state <> 'pending')
) STRICT, WITHOUT ROWID;
CREATE INDEX generations_by_user ON generations (user_id, generation_id);
CREATE INDEX generations_held ON generations (deadline) WHERE state = 'pending';
CREATE INDEX generations_deleted ON generations (deleted_at) WHERE deleted_at IS NOT NULL;
)sql";

// Version 2: refunds, settled reviews, the audit log. A CHECK cannot be changed in place, so orders
// are copied into a table that knows the new states (sqlite.org/lang_altertable.html, section 7).
constexpr const char* kOrdersAgain = R"sql(
CREATE TABLE orders_2 (
    order_id            TEXT PRIMARY KEY,
    user_id             TEXT NOT NULL REFERENCES users,
    plan_id             TEXT NOT NULL,
    credits             INTEGER NOT NULL CHECK (credits > 0),
    amount_vnd          INTEGER NOT NULL CHECK (amount_vnd > 0),
    status              TEXT NOT NULL
                        CHECK (status IN ('pending', 'paid', 'failed', 'expired', 'review',
                                          'refunding', 'refunded')),
    failure             TEXT NOT NULL,
    created_at          INTEGER NOT NULL,
    expires_at          INTEGER NOT NULL,
    paid_at             INTEGER,
    gateway_transaction TEXT NOT NULL,
    bank_code           TEXT NOT NULL,
    client_address      TEXT NOT NULL,
    requested_bank      TEXT NOT NULL,
    gateway_locale      TEXT NOT NULL,
    next_check_at       INTEGER,
    checks              INTEGER NOT NULL,
    CHECK ((status IN ('paid', 'refunding', 'refunded')) = (paid_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO orders_2 SELECT * FROM orders;
DROP TABLE orders;
ALTER TABLE orders_2 RENAME TO orders;
CREATE INDEX orders_by_user ON orders (user_id, order_id);
CREATE INDEX orders_by_check ON orders (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE UNIQUE INDEX orders_by_gateway_transaction ON orders (gateway_transaction)
    WHERE gateway_transaction <> '';
)sql";

constexpr const char* kRefunds = R"sql(
CREATE TABLE refunds (
    refund_id     TEXT PRIMARY KEY,
    order_id      TEXT NOT NULL REFERENCES orders,
    user_id       TEXT NOT NULL REFERENCES users,
    credits       INTEGER NOT NULL CHECK (credits > 0),
    amount_vnd    INTEGER NOT NULL CHECK (amount_vnd > 0),
    state         TEXT NOT NULL CHECK (state IN ('open', 'done', 'rejected')),
    reason        TEXT NOT NULL,
    actor         TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    closed_at     INTEGER,
    next_check_at INTEGER,
    checks        INTEGER NOT NULL,
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK (state = 'open' OR next_check_at IS NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX refunds_one_of_an_order ON refunds (order_id) WHERE state <> 'rejected';
CREATE INDEX refunds_by_order ON refunds (order_id, refund_id);
CREATE INDEX refunds_by_user ON refunds (user_id) WHERE state = 'open';
CREATE INDEX refunds_by_check ON refunds (next_check_at) WHERE next_check_at IS NOT NULL;
)sql";

constexpr const char* kOperators = R"sql(
ALTER TABLE review_items ADD COLUMN resolution TEXT NOT NULL DEFAULT ''
    CHECK (resolution IN ('', 'approve', 'reject', 'dismiss'));
ALTER TABLE review_items ADD COLUMN gateway_transaction TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX review_items_by_gateway_transaction
    ON review_items (gateway_transaction, order_id, reason) WHERE gateway_transaction <> '';
CREATE INDEX review_items_open ON review_items (id) WHERE settled_at IS NULL;

CREATE TABLE audit_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    actor      TEXT NOT NULL CHECK (actor <> ''),
    action     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    detail     TEXT NOT NULL,
    note       TEXT NOT NULL CHECK (note <> ''),
    created_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_is_never_deleted BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";

struct Migration {
    std::array<const char*, 3> steps;
    const char* mark;
};

constexpr std::array kMigrations = {
    Migration{{kAccounts, kOrders, kGenerations}, "PRAGMA user_version = 1;"},
    Migration{{kOrdersAgain, kRefunds, kOperators}, "PRAGMA user_version = 2;"},
};

int schema_version(Connection& connection) {
    Query query(connection, "PRAGMA user_version");
    query.step();
    return static_cast<int>(query.integer(0));
}

void refuse_dangling_references(Connection& connection) {
    Query query(connection, "PRAGMA foreign_key_check");
    if (!query.step()) return;
    throw SqliteError(SQLITE_CONSTRAINT_FOREIGNKEY, "the migration would leave a row of " +
                                                        query.text(0) + " without its parent");
}

}  // namespace

int newest_schema() { return static_cast<int>(kMigrations.size()); }

void migrate(Connection& connection) {
    const int present = schema_version(connection);
    if (present > newest_schema()) {
        throw SqliteError(SQLITE_MISUSE, "a newer Imagify wrote this data (schema " +
                                             std::to_string(present) + ", this program knows " +
                                             std::to_string(newest_schema()) +
                                             "): start the newer program");
    }
    if (present == newest_schema()) return;
    // A table that is copied and dropped would take its children with it. Only outside a
    // transaction can the keys be switched off.
    connection.execute("PRAGMA foreign_keys = OFF");
    connection.execute("BEGIN IMMEDIATE");
    try {
        // Another process may have been faster.
        for (auto next = static_cast<std::size_t>(schema_version(connection));
             next < kMigrations.size(); ++next) {
            for (const char* step : kMigrations[next].steps) connection.execute(step);
            connection.execute(kMigrations[next].mark);
        }
        refuse_dangling_references(connection);
        connection.execute("COMMIT");
    } catch (...) {
        if (!connection.autocommit()) connection.execute("ROLLBACK");
        throw;
    }
    connection.execute("PRAGMA foreign_keys = ON");
}

}  // namespace imagify::sqlite
