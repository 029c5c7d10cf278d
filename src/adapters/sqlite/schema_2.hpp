#pragma once

namespace imagify::sqlite {

// Version 2: refunds, settled reviews, the audit log. A CHECK cannot be changed in place, so orders
// are copied into a table that knows the new states (sqlite.org/lang_altertable.html, section 7).
inline constexpr const char* kOrdersAgain = R"sql(
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

inline constexpr const char* kRefunds = R"sql(
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

inline constexpr const char* kOperators = R"sql(
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

}  // namespace imagify::sqlite
