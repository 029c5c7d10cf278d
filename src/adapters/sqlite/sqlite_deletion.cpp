#include "adapters/sqlite/store_state.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

bool payment_is_open(Connection& connection, const UserId& user) {
    // Every state in which credits or money may still come or go.
    Query query(connection,
                "SELECT 1 FROM orders WHERE user_id = ?"
                " AND status IN ('pending', 'review', 'refunding') LIMIT 1",
                user.text());
    return query.step();
}

void release_holds(Connection& connection, const UserId& user, TimePoint now) {
    Credits freed;
    {
        Query update(connection,
                     "UPDATE generations SET state = 'cancelled', error = 'account.deleted',"
                     " resolved_at = ? WHERE user_id = ? AND state = 'pending' RETURNING price",
                     to_unix_ms(now), user.text());
        while (update.step()) freed = freed + Credits{update.integer(0)};
    }
    if (MUTANT("deletion.holds_stay")) return;
    if (freed > Credits{0}) move_balance(connection, user, freed, Credits{0} - freed);
}

void book_out(Connection& connection, const UserId& user, TimePoint now) {
    const auto account = account_by_id(connection, user);
    const auto left = account->credits;
    if (left == Credits{0}) return;
    const auto after = move_balance(connection, user, Credits{0} - left, {});
    if (!after || MUTANT("deletion.not_booked")) return;
    append_ledger(connection, {.user_id = user,
                               .kind = LedgerKind::Adjust,
                               .ref = "deleted:" + user.text(),
                               .delta = Credits{0} - left,
                               .after = *after,
                               .note = "account deleted",
                               .now = now});
}

void erase_person(Connection& connection, const UserId& user, TimePoint now) {
    Query(connection,
          "UPDATE generations SET deleted_at = ?, prompt = '', negative_prompt = ''"
          " WHERE user_id = ? AND deleted_at IS NULL",
          to_unix_ms(now), user.text())
        .run();
    Query(connection, "DELETE FROM account_links WHERE user_id = ?", user.text()).run();
    Query(connection, "DELETE FROM recovery_codes WHERE user_id = ?", user.text()).run();
    Query(connection, "DELETE FROM idempotency WHERE user_id = ?", user.text()).run();
    Query(connection,
          "DELETE FROM mail_outbox WHERE recipient ="
          " (SELECT email FROM users WHERE user_id = ?)",
          user.text())
        .run();
    end_sessions(connection, user, now);
    Query(connection,
          "UPDATE users SET email = 'deleted:' || user_id, name = '', password_hash = '',"
          " role = 'user', gift_pending = 0, email_verified_at = NULL, otp_enabled_at = NULL,"
          " otp_secret = '', otp_last_step = 0, deleted_at = ? WHERE user_id = ?",
          to_unix_ms(now), user.text())
        .run();
}

}  // namespace

bool is_gone(Connection& connection, const UserId& user) {
    Query query(connection, "SELECT 1 FROM users WHERE user_id = ? AND deleted_at IS NOT NULL",
                user.text());
    return query.step();
}

void leave_mark(Connection& connection, const std::string& mark, TimePoint now) {
    if (mark.empty() || MUTANT("deletion.address_forgotten")) return;
    Query(connection, "INSERT OR REPLACE INTO former_emails (mark, deleted_at) VALUES (?, ?)", mark,
          to_unix_ms(now))
        .run();
}

Task<Result<void>> SqliteStore::delete_account(Deletion deletion) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        const auto& user = deletion.user_id;
        const auto account = present_account(connection, user);
        if (!account) return std::unexpected(account.error());
        if (payment_is_open(connection, user) && !MUTANT("deletion.open_payment_ignored")) {
            return fail(ErrorKind::Conflict, "account.payment_open");
        }
        if (auto spent = spend(connection, user, deletion.factor); !spent) return spent;
        release_holds(connection, user, deletion.now);
        book_out(connection, user, deletion.now);
        leave_mark(connection, deletion.email_mark, deletion.now);
        erase_person(connection, user, deletion.now);
        put_mail(connection,
                 {.id = deletion.notice, .kind = MailKind::AccountDeleted, .to = account->email},
                 *account, deletion.now);
        return {};
    });
}

}  // namespace imagify::sqlite
