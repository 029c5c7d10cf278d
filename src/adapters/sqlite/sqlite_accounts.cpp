#include <algorithm>

#include "adapters/sqlite/store_state.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

constexpr const char* kFindAccount =
    "SELECT " IMAGIFY_ACCOUNT_COLUMNS " FROM users WHERE user_id = ?";

bool had_account(Connection& connection, const std::vector<std::string>& marks) {
    return std::ranges::any_of(marks, [&connection](const std::string& mark) {
        Query query(connection, "SELECT 1 FROM former_emails WHERE mark = ?", mark);
        return query.step();
    });
}

Result<Account> insert_account(Connection& connection, NewAccount& account) {
    {
        Query taken(connection, "SELECT 1 FROM users WHERE email = ?", account.email.text());
        if (taken.step() && !MUTANT("account.email_taken_twice"))
            return fail(ErrorKind::Conflict, "account.email_taken");
    }
    if (had_account(connection, account.email_marks)) account.gift = account.gift_pending = {};
    // Now, not when the account ends: it may have moved to another address by then.
    if (account.gift + account.gift_pending > Credits{0} && !account.email_marks.empty()) {
        leave_mark(connection, account.email_marks.front(), account.created_at);
    }
    Query(connection,
          "INSERT INTO users (user_id, email, name, locale, role, password_hash, credits, held,"
          " session_epoch, created_at, gift_pending)"
          " VALUES (?, ?, ?, ?, 'user', ?, ?, 0, 1, ?, ?)",
          account.id.text(), account.email.text(), account.name, to_text(account.locale),
          account.password_hash, account.gift.count, to_unix_ms(account.created_at),
          account.gift_pending.count)
        .run();
    if (account.gift > Credits{0} && !MUTANT("account.gift_not_booked")) {
        append_ledger(connection, {.user_id = account.id,
                                   .kind = LedgerKind::Grant,
                                   .ref = account.id.text(),
                                   .delta = account.gift,
                                   .after = {.credits = account.gift, .held = {}},
                                   .note = "sign-up gift",
                                   .now = account.created_at});
    }
    if (account.session) insert_session(connection, *account.session);
    auto made = account_by_id(connection, account.id);
    if (made && account.verification) {
        insert_link(connection, account.verification->link);
        put_mail(connection, account.verification->mail, *made, account.created_at);
    }
    return made;
}

}  // namespace

Result<Account> account_by_id(Connection& connection, const UserId& id) {
    Query query(connection, kFindAccount, id.text());
    if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
    return read_account(query);
}

Result<Account> present_account(Connection& connection, const UserId& id) {
    if (is_gone(connection, id)) return fail(ErrorKind::NotFound, "account.not_found");
    return account_by_id(connection, id);
}

Account read_account(const Query& query) {
    return Account{.id = UserId(query.text(0)),
                   .email = query.text(1),
                   .name = query.text(2),
                   .locale = parse_locale(query.text(3)).value_or(Locale::Vietnamese),
                   .role = parse_role(query.text(4)).value_or(Role::User),
                   .credits = {query.integer(5)},
                   .held = {query.integer(6)},
                   .gift_pending = {query.integer(9)},
                   .email_verified = query.integer(10) != 0,
                   .mfa_enabled = query.integer(11) != 0,
                   .session_epoch = query.integer(7),
                   .sessions_ended_at = from_unix_ms(query.integer(12)),
                   .created_at = from_unix_ms(query.integer(8))};
}

Task<Result<Account>> SqliteStore::create_account(NewAccount account) {
    co_return co_await state_->write<Account>(
        [&account](Connection& connection) { return insert_account(connection, account); });
}

Task<Result<Account>> SqliteStore::find_account(UserId id) {
    co_return state_->read([&id](Connection& connection) { return account_by_id(connection, id); });
}

Task<Result<Account>> SqliteStore::update_profile(UserId id, ProfileChange change) {
    co_return co_await state_->write<Account>([&](Connection& connection) {
        std::optional<std::string_view> locale;
        if (change.locale) locale = to_text(*change.locale);
        Query(connection,
              "UPDATE users SET name = coalesce(?, name), locale = coalesce(?, locale)"
              " WHERE user_id = ? AND deleted_at IS NULL",
              change.name, locale, id.text())
            .run();
        return present_account(connection, id);
    });
}

}  // namespace imagify::sqlite
