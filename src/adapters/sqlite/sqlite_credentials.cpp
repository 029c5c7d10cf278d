#include "adapters/sqlite/order_rows.hpp"

namespace imagify::sqlite {
namespace {

#define IMAGIFY_LOGIN_COLUMNS \
    "user_id, password_hash, otp_secret, otp_enabled_at IS NOT NULL, otp_last_step"

Result<LoginRecord> read_login(Query& query) {
    if (!query.step()) return fail(ErrorKind::NotFound, "account.not_found");
    return LoginRecord{.id = UserId(query.text(0)),
                       .password_hash = query.text(1),
                       .otp_secret = query.text(2),
                       .otp_enabled = query.integer(3) != 0,
                       .otp_last_step = query.integer(4)};
}

Result<LoginRecord> login_of(Connection& connection, const Email& email) {
    Query query(connection,
                "SELECT " IMAGIFY_LOGIN_COLUMNS
                " FROM users WHERE email = ? AND deleted_at IS NULL",
                email.text());
    return read_login(query);
}

void put_notice(Connection& connection, const Account& account, MailId id, MailKind kind,
                TimePoint now) {
    put_mail(connection, {.id = std::move(id), .kind = kind, .to = account.email}, account, now);
}

Result<Account> new_password(Connection& connection, const PasswordChange& change) {
    auto account = present_account(connection, change.user_id);
    if (!account) return account;
    if (auto spent = spend(connection, change.user_id, change.factor); !spent) {
        return std::unexpected(spent.error());
    }
    Query(connection, "UPDATE users SET password_hash = ? WHERE user_id = ?", change.password_hash,
          change.user_id.text())
        .run();
    end_sessions(connection, change.user_id, change.now);
    insert_session(connection, change.session);
    put_notice(connection, *account, change.notice, MailKind::PasswordChanged, change.now);
    return account_by_id(connection, change.user_id);
}

Result<void> require_change(Connection& connection, std::string_view code) {
    if (connection.changes() == 1) return {};
    return fail(ErrorKind::Conflict, std::string(code));
}

Result<void> enable(Connection& connection, const UserId& user,
                    const std::vector<std::string>& recovery_hashes, TimePoint now) {
    const auto account = present_account(connection, user);
    if (!account) return std::unexpected(account.error());
    if (account->mfa_enabled) return fail(ErrorKind::Conflict, "mfa.already_enabled");
    Query(connection, "UPDATE users SET otp_enabled_at = ? WHERE user_id = ? AND otp_secret <> ''",
          to_unix_ms(now), user.text())
        .run();
    if (auto set = require_change(connection, "mfa.not_set_up"); !set) return set;
    Query(connection, "DELETE FROM recovery_codes WHERE user_id = ?", user.text()).run();
    for (const auto& hash : recovery_hashes) {
        Query(connection, "INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)",
              user.text(), hash)
            .run();
    }
    return {};
}

Result<void> switch_off(Connection& connection, const UserId& user, const MailId& notice,
                        TimePoint now) {
    Query(connection,
          "UPDATE users SET otp_enabled_at = NULL, otp_secret = '', otp_last_step = 0"
          " WHERE user_id = ? AND otp_enabled_at IS NOT NULL",
          user.text())
        .run();
    if (auto unset = require_change(connection, "mfa.not_enabled"); !unset) return unset;
    Query(connection, "DELETE FROM recovery_codes WHERE user_id = ?", user.text()).run();
    const auto account = account_by_id(connection, user);
    put_notice(connection, *account, notice, MailKind::MfaDisabled, now);
    return {};
}

}  // namespace

Result<void> spend(Connection& connection, const UserId& user, const SpentFactor& factor) {
    if (factor.otp_step) {
        Query(connection,
              "UPDATE users SET otp_last_step = ?2 WHERE user_id = ?1 AND otp_last_step < ?2",
              user.text(), *factor.otp_step)
            .run();
        if (connection.changes() != 1) {
            return fail(ErrorKind::Forbidden, "auth.otp_invalid", "used before");
        }
    }
    if (!factor.recovery_hash.empty()) {
        Query(connection, "DELETE FROM recovery_codes WHERE user_id = ? AND code_hash = ?",
              user.text(), factor.recovery_hash)
            .run();
        if (connection.changes() != 1) {
            return fail(ErrorKind::Forbidden, "auth.otp_invalid", "used before");
        }
    }
    return {};
}

Task<Result<LoginRecord>> SqliteStore::find_login(Email email) {
    co_return state_->read(
        [&email](Connection& connection) { return login_of(connection, email); });
}

Task<Result<LoginRecord>> SqliteStore::find_login_of(UserId id) {
    co_return state_->read([&id](Connection& connection) {
        Query query(connection,
                    "SELECT " IMAGIFY_LOGIN_COLUMNS
                    " FROM users WHERE user_id = ? AND deleted_at IS NULL",
                    id.text());
        return read_login(query);
    });
}

Task<Result<Account>> SqliteStore::change_password(PasswordChange change) {
    co_return co_await state_->write<Account>(
        [&change](Connection& connection) { return new_password(connection, change); });
}

Task<Result<void>> SqliteStore::keep_otp_secret(UserId user, std::string sealed) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        const auto account = present_account(connection, user);
        if (!account) return std::unexpected(account.error());
        Query(connection,
              "UPDATE users SET otp_secret = ?, otp_last_step = 0"
              " WHERE user_id = ? AND otp_enabled_at IS NULL",
              sealed, user.text())
            .run();
        return require_change(connection, "mfa.already_enabled");
    });
}

Task<Result<void>> SqliteStore::enable_otp(UserId user, SpentFactor factor,
                                           std::vector<std::string> recovery_hashes, MailId notice,
                                           TimePoint now) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        if (auto enabled = enable(connection, user, recovery_hashes, now); !enabled) return enabled;
        if (auto spent = spend(connection, user, factor); !spent) return spent;
        const auto account = account_by_id(connection, user);
        put_notice(connection, *account, notice, MailKind::MfaEnabled, now);
        return {};
    });
}

Task<Result<void>> SqliteStore::disable_otp(UserId user, SpentFactor factor, MailId notice,
                                            TimePoint now) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        if (auto spent = spend(connection, user, factor); !spent) return spent;
        return switch_off(connection, user, notice, now);
    });
}

Task<Result<void>> SqliteStore::remove_otp(Email email, MailId notice, OperatorAct act) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        const auto login = login_of(connection, email);
        if (!login) return std::unexpected(login.error());
        if (auto off = switch_off(connection, login->id, notice, act.now); !off) return off;
        end_sessions(connection, login->id, act.now);
        append_audit(connection, act, "mfa-off", login->id.text(), "");
        return {};
    });
}

Task<Result<std::vector<SealedOtp>>> SqliteStore::sealed_otps(UserId after, std::size_t limit) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<SealedOtp>> {
        Query query(connection,
                    "SELECT user_id, otp_secret FROM users WHERE user_id > ? AND otp_secret <> ''"
                    " ORDER BY user_id LIMIT ?",
                    after.text(), static_cast<std::int64_t>(limit));
        std::vector<SealedOtp> otps;
        while (query.step()) {
            otps.push_back({.user_id = UserId(query.text(0)), .sealed = query.text(1)});
        }
        return otps;
    });
}

Task<Result<void>> SqliteStore::reseal_otp(SealedOtp before, std::string sealed) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        Query(connection, "UPDATE users SET otp_secret = ? WHERE user_id = ? AND otp_secret = ?",
              sealed, before.user_id.text(), before.sealed)
            .run();
        return {};
    });
}

Task<Result<std::int64_t>> SqliteStore::recovery_codes_left(UserId user) {
    co_return state_->read([&user](Connection& connection) -> Result<std::int64_t> {
        Query query(connection, "SELECT count(*) FROM recovery_codes WHERE user_id = ?",
                    user.text());
        query.step();
        return query.integer(0);
    });
}

Task<Result<bool>> SqliteStore::has_recovery_code(UserId user, std::string hash) {
    co_return state_->read([&](Connection& connection) -> Result<bool> {
        Query query(connection, "SELECT 1 FROM recovery_codes WHERE user_id = ? AND code_hash = ?",
                    user.text(), hash);
        return query.step();
    });
}

}  // namespace imagify::sqlite
