#include "adapters/sqlite/store_state.hpp"

#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

constexpr const char* kFindAccount =
    "SELECT " IMAGIFY_ACCOUNT_COLUMNS " FROM users WHERE user_id = ?";

Result<Account> account_by_id(Connection& connection, const UserId& id) {
    Query query(connection, kFindAccount, id.text());
    if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
    return read_account(query);
}

Result<Account> insert_account(Connection& connection, const NewAccount& account) {
    {
        Query taken(connection, "SELECT 1 FROM users WHERE email = ?", account.email.text());
        if (taken.step() && !MUTANT("account.email_taken_twice"))
            return fail(ErrorKind::Conflict, "account.email_taken");
    }
    Query(connection,
          "INSERT INTO users (user_id, email, name, locale, role, password_hash, credits, held,"
          " session_epoch, created_at) VALUES (?, ?, ?, ?, 'user', ?, ?, 0, 1, ?)",
          account.id.text(), account.email.text(), account.name, to_text(account.locale),
          account.password_hash, account.gift.count, to_unix_ms(account.created_at))
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
    return account_by_id(connection, account.id);
}

}  // namespace

Account read_account(const Query& query) {
    return Account{.id = UserId(query.text(0)),
                   .email = query.text(1),
                   .name = query.text(2),
                   .locale = parse_locale(query.text(3)).value_or(Locale::Vietnamese),
                   .role = parse_role(query.text(4)).value_or(Role::User),
                   .credits = {query.integer(5)},
                   .held = {query.integer(6)},
                   .session_epoch = query.integer(7),
                   .created_at = from_unix_ms(query.integer(8))};
}

Task<Result<Account>> SqliteStore::create_account(NewAccount account) {
    co_return co_await state_->write<Account>(
        [&account](Connection& connection) { return insert_account(connection, account); });
}

Task<Result<Account>> SqliteStore::find_account(UserId id) {
    co_return state_->read([&id](Connection& connection) { return account_by_id(connection, id); });
}

Task<Result<LoginRecord>> SqliteStore::find_login(Email email) {
    co_return state_->read([&email](Connection& connection) -> Result<LoginRecord> {
        Query query(connection, "SELECT user_id, password_hash FROM users WHERE email = ?",
                    email.text());
        if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
        return LoginRecord{.id = UserId(query.text(0)), .password_hash = query.text(1)};
    });
}

Task<Result<Account>> SqliteStore::update_profile(UserId id, ProfileChange change) {
    co_return co_await state_->write<Account>([&](Connection& connection) {
        std::optional<std::string_view> locale;
        if (change.locale) locale = to_text(*change.locale);
        Query(connection,
              "UPDATE users SET name = coalesce(?, name), locale = coalesce(?, locale)"
              " WHERE user_id = ?",
              change.name, locale, id.text())
            .run();
        return account_by_id(connection, id);
    });
}

Task<Result<std::int64_t>> SqliteStore::bump_session_epoch(UserId id) {
    co_return co_await state_->write<std::int64_t>(
        [&id](Connection& connection) -> Result<std::int64_t> {
            Query query(connection,
                        "UPDATE users SET session_epoch = session_epoch + 1 WHERE user_id = ?"
                        " RETURNING session_epoch",
                        id.text());
            if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
            return query.integer(0);
        });
}

}  // namespace imagify::sqlite
