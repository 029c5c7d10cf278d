#pragma once

namespace imagify::sqlite {

// Version 1. Times are Unix milliseconds UTC; text ids are ULIDs, so primary keys sort by age.
inline constexpr const char* kAccounts = R"sql(
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

inline constexpr const char* kOrders = R"sql(
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

inline constexpr const char* kGenerations = R"sql(
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

}  // namespace imagify::sqlite
