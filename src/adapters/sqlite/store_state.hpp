#pragma once

#include <sqlite3.h>

#include <concepts>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "adapters/sqlite/instance_lock.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/sqlite/writer.hpp"
#include "base/log.hpp"

namespace imagify::sqlite {

/// Turns a failed SQLite call into an Error. Nothing changed.
std::unexpected<Error> normalize(const SqliteError& error);

/// Turns a commit that did not happen into an Error.
std::unexpected<Error> normalize(CommitOutcome outcome);

/// Hands read connections out, one thread at a time each.
class ReaderPool {
public:
    explicit ReaderPool(std::filesystem::path file) : file_(std::move(file)) {}
    std::unique_ptr<Connection> borrow();
    void give_back(std::unique_ptr<Connection> connection);

private:
    std::filesystem::path file_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

/// What the methods of SqliteStore share.
struct SqliteStore::State {
    const Clock* clock = nullptr;
    std::filesystem::path file;
    std::optional<InstanceLock> lock;
    std::optional<Writer> writer;
    std::optional<ReaderPool> readers;

    /// Runs `body` on a read connection, inside the caller.
    template <class Body>
    auto read(Body body) -> std::invoke_result_t<Body, Connection&> {
        try {
            auto connection = readers->borrow();
            auto result = body(*connection);
            readers->give_back(std::move(connection));
            return result;
        } catch (const SqliteError& error) {
            return normalize(error);
        }
    }

    /// Runs `body` in a transaction. What it wrote is kept exactly when it yields a value; what it
    /// yields is handed out only when the disk has it.
    template <class T>
    Task<Result<T>> write(std::function<Result<T>(Connection&)> body) {
        if (!writer) co_return normalize(CommitOutcome::RolledBack);
        std::optional<Result<T>> result;
        const auto outcome = co_await writer->write([&result, &body](Connection& connection) {
            try {
                result = body(connection);
            } catch (const SqliteError& error) {
                // A broken rule of the schema is this job's own; all else is everybody's.
                if ((error.code() & 0xff) != SQLITE_CONSTRAINT) throw;
                log_event(LogLevel::Error, "store.constraint",
                          {{"detail", std::string_view(error.what())}});
                result = fail(ErrorKind::Internal, "server.internal", error.what());
            }
            return result->has_value();
        });
        if (outcome != CommitOutcome::Committed) co_return normalize(outcome);
        co_return std::move(*result);
    }
};

/// Reads the account of a row selected by kAccountColumns.
Account read_account(const Query& query);
/// The columns that `read_account` expects, in order.
#define IMAGIFY_ACCOUNT_COLUMNS                                                     \
    "user_id, email, name, locale, role, credits, held, session_epoch, created_at," \
    " gift_pending, email_verified_at IS NOT NULL, otp_enabled_at IS NOT NULL, sessions_ended_at"

/// The account of that id, deleted ones too. NotFound `account.not_found`.
Result<Account> account_by_id(Connection& connection, const UserId& id);

/// The account of that id unless it is deleted. NotFound `account.not_found`.
Result<Account> present_account(Connection& connection, const UserId& id);

/// True for a deleted account: nobody can act for it any more.
bool is_gone(Connection& connection, const UserId& user);
/// Remembers an address that has had its gift; an empty mark is none.
void leave_mark(Connection& connection, const std::string& mark, TimePoint now);

void insert_session(Connection& connection, const Session& session);
/// Ends every session and starts a new epoch.
void end_sessions(Connection& connection, const UserId& user, TimePoint now);
/// Uses a second factor up. Errors: Forbidden `auth.otp_invalid` when it was used before.
Result<void> spend(Connection& connection, const UserId& user, const SpentFactor& factor);
void insert_link(Connection& connection, const AccountLink& link);

/// Puts a letter to `reader` into the outbox, due at once.
void put_mail(Connection& connection, const NewMail& mail, const Account& reader, TimePoint now);

/// A movement to be appended; its balance is taken from the account, which has moved already.
struct Movement {
    UserId user_id;
    LedgerKind kind = LedgerKind::Grant;
    std::string ref;
    Credits delta;
    Balance after;
    std::string note{};
    TimePoint now{};
};

/// Appends to the ledger; yields the entry's id. Throws SqliteError, also when (kind, ref) exists.
std::int64_t append_ledger(Connection& connection, const Movement& movement);

/// Adds to credits and held; nothing when the account is absent or a number would become negative.
std::optional<Balance> move_balance(Connection& connection, const UserId& user, Credits credits,
                                    Credits held);

/// What an idempotency key made before: its ref; nothing when the key is new or expired.
/// Errors: Invalid `idempotency.mismatch`.
Result<std::optional<std::string>> find_key(Connection& connection, const UserId& user,
                                            const IdempotencyKey& key, TimePoint now);

/// Ties a key to what it made. Throws SqliteError.
void keep_key(Connection& connection, const UserId& user, const IdempotencyKey& key,
              const std::string& ref, TimePoint now);

/// Cuts a list that was read one item too long into a page.
template <class T, class CursorOf>
Page<T> cut_page(std::vector<T> items, std::size_t limit, CursorOf cursor_of) {
    Page<T> page;
    if (items.size() > limit) {
        items.resize(limit);
        page.next_cursor = cursor_of(items.back());
    }
    page.items = std::move(items);
    return page;
}

}  // namespace imagify::sqlite
