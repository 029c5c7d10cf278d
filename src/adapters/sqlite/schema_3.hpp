#pragma once

namespace imagify::sqlite {

// Version 3: sessions, mailed links, second factors, letters that wait, deleted people.
inline constexpr const char* kPeople = R"sql(
ALTER TABLE users ADD COLUMN email_verified_at INTEGER;
ALTER TABLE users ADD COLUMN gift_pending INTEGER NOT NULL DEFAULT 0 CHECK (gift_pending >= 0);
ALTER TABLE users ADD COLUMN otp_secret TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN otp_enabled_at INTEGER
    CHECK (otp_enabled_at IS NULL OR otp_secret <> '');
ALTER TABLE users ADD COLUMN otp_last_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN deleted_at INTEGER;

CREATE TABLE former_emails (
    mark       TEXT PRIMARY KEY,
    deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    user_id   TEXT NOT NULL REFERENCES users,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;
)sql";

inline constexpr const char* kSessions = R"sql(
CREATE TABLE sessions (
    session_id TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users,
    address    TEXT NOT NULL,
    device     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id, session_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
)sql";

inline constexpr const char* kMails = R"sql(
CREATE TABLE account_links (
    link_id    TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users,
    purpose    TEXT NOT NULL CHECK (purpose IN ('verify_email', 'change_email', 'reset_password')),
    email      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_links_by_user ON account_links (user_id, purpose);
CREATE INDEX account_links_by_expiry ON account_links (expires_at);

CREATE TABLE mail_outbox (
    mail_id    TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    name       TEXT NOT NULL,
    locale     TEXT NOT NULL,
    link_id    TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    next_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_outbox_by_time ON mail_outbox (next_at);
)sql";

}  // namespace imagify::sqlite
