#include "adapters/sqlite/store_state.hpp"

namespace imagify::sqlite {
namespace {

Session read_session(const Query& query, const UserId& user) {
    return {.id = SessionId(query.text(0)),
            .user_id = user,
            .address = query.text(1),
            .device = query.text(2),
            .created_at = from_unix_ms(query.integer(3)),
            .expires_at = from_unix_ms(query.integer(4))};
}

void end_oldest(Connection& connection, const UserId& user) {
    Query(connection,
          "DELETE FROM sessions WHERE user_id = ?1 AND session_id NOT IN (SELECT session_id"
          " FROM sessions WHERE user_id = ?1 ORDER BY session_id DESC LIMIT ?2)",
          user.text(), static_cast<std::int64_t>(kSessionsPerUser))
        .run();
}

}  // namespace

void insert_session(Connection& connection, const Session& session) {
    Query(connection,
          "INSERT INTO sessions (session_id, user_id, address, device, created_at, expires_at)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          session.id.text(), session.user_id.text(), session.address, session.device,
          to_unix_ms(session.created_at), to_unix_ms(session.expires_at))
        .run();
}

void end_sessions(Connection& connection, const UserId& user, TimePoint now) {
    Query(connection, "DELETE FROM sessions WHERE user_id = ?", user.text()).run();
    Query(connection,
          "UPDATE users SET session_epoch = session_epoch + 1,"
          " sessions_ended_at = max(sessions_ended_at, ?) WHERE user_id = ?",
          to_unix_ms(now), user.text())
        .run();
}

Task<Result<void>> SqliteStore::open_session(Session session, SpentFactor factor) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        {
            Query present(connection,
                          "SELECT 1 FROM users WHERE user_id = ? AND deleted_at IS NULL",
                          session.user_id.text());
            if (!present.step()) return fail(ErrorKind::NotFound, "account.not_found");
        }
        if (auto spent = spend(connection, session.user_id, factor); !spent) return spent;
        insert_session(connection, session);
        end_oldest(connection, session.user_id);
        return {};
    });
}

Task<Result<Account>> SqliteStore::find_session(UserId user, SessionId id, TimePoint now) {
    co_return state_->read([&](Connection& connection) -> Result<Account> {
        Query query(connection,
                    "SELECT " IMAGIFY_ACCOUNT_COLUMNS
                    " FROM users WHERE user_id = ?1 AND EXISTS (SELECT 1 FROM sessions"
                    " WHERE session_id = ?2 AND sessions.user_id = ?1 AND expires_at > ?3)",
                    user.text(), id.text(), to_unix_ms(now));
        if (!query.step()) return fail(ErrorKind::NotFound, "session.not_found");
        return read_account(query);
    });
}

Task<Result<std::vector<Session>>> SqliteStore::list_sessions(UserId user, TimePoint now) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<Session>> {
        Query query(connection,
                    "SELECT session_id, address, device, created_at, expires_at FROM sessions"
                    " WHERE user_id = ? AND expires_at > ? ORDER BY session_id DESC",
                    user.text(), to_unix_ms(now));
        std::vector<Session> sessions;
        while (query.step()) sessions.push_back(read_session(query, user));
        return sessions;
    });
}

Task<Result<void>> SqliteStore::end_session(UserId user, SessionId id) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        Query(connection, "DELETE FROM sessions WHERE session_id = ? AND user_id = ?", id.text(),
              user.text())
            .run();
        if (connection.changes() == 1) return {};
        return fail(ErrorKind::NotFound, "session.not_found");
    });
}

Task<Result<void>> SqliteStore::end_all_sessions(UserId user, TimePoint now) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        end_sessions(connection, user, now);
        if (connection.changes() == 1) return {};
        return fail(ErrorKind::NotFound, "account.not_found");
    });
}

}  // namespace imagify::sqlite
