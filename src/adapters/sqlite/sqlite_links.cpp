#include "adapters/sqlite/store_state.hpp"

namespace imagify::sqlite {
namespace {

std::unexpected<Error> invalid_link() { return fail(ErrorKind::Invalid, "auth.link_invalid"); }

Result<AccountLink> link_by_id(Connection& connection, const LinkId& id, TimePoint now) {
    Query query(connection,
                "SELECT user_id, purpose, email, created_at, expires_at FROM account_links"
                " WHERE link_id = ? AND expires_at > ?",
                id.text(), to_unix_ms(now));
    if (!query.step()) return invalid_link();
    return AccountLink{
        .id = id,
        .user_id = UserId(query.text(0)),
        .purpose = parse_link_purpose(query.text(1)).value_or(LinkPurpose::VerifyEmail),
        .email = query.text(2),
        .created_at = from_unix_ms(query.integer(3)),
        .expires_at = from_unix_ms(query.integer(4))};
}

std::optional<UserId> user_of(Connection& connection, const std::string& email) {
    Query query(connection, "SELECT user_id FROM users WHERE email = ? AND deleted_at IS NULL",
                email);
    if (!query.step()) return std::nullopt;
    return UserId(query.text(0));
}

void keep_link(Connection& connection, const MailedLink& mailed, const Account& reader) {
    insert_link(connection, mailed.link);
    put_mail(connection, mailed.mail, reader, mailed.link.created_at);
}

void forget_links(Connection& connection, const UserId& user) {
    Query(connection, "DELETE FROM account_links WHERE user_id = ?", user.text()).run();
}

// Grants the gift that waited for a verified address. The ledger's unique (grant, user id) is what
// keeps it from arriving twice.
Result<Credits> grant_pending_gift(Connection& connection, const Account& account, TimePoint now) {
    if (account.gift_pending == Credits{0}) return Credits{0};
    Query(connection, "UPDATE users SET gift_pending = 0 WHERE user_id = ?", account.id.text())
        .run();
    const auto after = move_balance(connection, account.id, account.gift_pending, {});
    if (!after) return fail(ErrorKind::Internal, "server.internal", "gift without account");
    append_ledger(connection, {.user_id = account.id,
                               .kind = LedgerKind::Grant,
                               .ref = account.id.text(),
                               .delta = account.gift_pending,
                               .after = *after,
                               .note = "sign-up gift",
                               .now = now});
    return account.gift_pending;
}

Result<VerifiedEmail> own_email(Connection& connection, const UserId& user,
                                const std::string& email, TimePoint now) {
    const auto account = account_by_id(connection, user);
    if (!account) return std::unexpected(account.error());
    Query(connection, "UPDATE users SET email = ?, email_verified_at = ? WHERE user_id = ?", email,
          to_unix_ms(now), user.text())
        .run();
    const auto gift = grant_pending_gift(connection, *account, now);
    if (!gift) return std::unexpected(gift.error());
    auto after = account_by_id(connection, user);
    if (!after) return std::unexpected(after.error());
    return VerifiedEmail{.account = std::move(*after), .gift = *gift};
}

Result<VerifiedEmail> prove_own_email(Connection& connection, const UserId& user,
                                      const std::string& email, TimePoint now) {
    const auto account = present_account(connection, user);
    if (!account) return std::unexpected(account.error());
    if (account->email != email) return fail(ErrorKind::NotFound, "account.not_found");
    if (account->email_verified) return VerifiedEmail{.account = *account, .gift = {}};
    forget_links(connection, user);
    return own_email(connection, user, email, now);
}

Result<VerifiedEmail> follow_email_link(Connection& connection, const LinkId& id,
                                        const MailId& notice, TimePoint now) {
    const auto link = link_by_id(connection, id, now);
    if (!link) return std::unexpected(link.error());
    if (link->purpose == LinkPurpose::ResetPassword) return invalid_link();
    const auto before = account_by_id(connection, link->user_id);
    if (!before) return std::unexpected(before.error());
    const bool moves = before->email != link->email;
    // A link to an address that the account has left meanwhile proves nothing of today.
    if (moves && link->purpose == LinkPurpose::VerifyEmail) return invalid_link();
    if (moves && user_of(connection, link->email)) {
        return fail(ErrorKind::Conflict, "account.email_taken");
    }
    // All of them: a link in the former mailbox must not lead back into the account.
    forget_links(connection, link->user_id);
    if (moves) {
        put_mail(connection, {.id = notice, .kind = MailKind::EmailChanged, .to = before->email},
                 *before, now);
    }
    return own_email(connection, link->user_id, link->email, now);
}

Result<VerifiedEmail> follow_reset_link(Connection& connection, const LinkId& id,
                                        const std::string& password_hash, const MailId& notice,
                                        TimePoint now) {
    const auto link = link_by_id(connection, id, now);
    if (!link) return std::unexpected(link.error());
    const auto account = account_by_id(connection, link->user_id);
    if (!account) return std::unexpected(account.error());
    if (link->purpose != LinkPurpose::ResetPassword || account->email != link->email) {
        return invalid_link();
    }
    Query(connection, "UPDATE users SET password_hash = ? WHERE user_id = ?", password_hash,
          link->user_id.text())
        .run();
    forget_links(connection, link->user_id);
    end_sessions(connection, link->user_id, now);
    put_mail(connection, {.id = notice, .kind = MailKind::PasswordChanged, .to = account->email},
             *account, now);
    return own_email(connection, link->user_id, link->email, now);
}

}  // namespace

void insert_link(Connection& connection, const AccountLink& link) {
    Query(connection, "DELETE FROM account_links WHERE user_id = ? AND purpose = ?",
          link.user_id.text(), to_text(link.purpose))
        .run();
    Query(connection,
          "INSERT INTO account_links (link_id, user_id, purpose, email, created_at, expires_at)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          link.id.text(), link.user_id.text(), to_text(link.purpose), link.email,
          to_unix_ms(link.created_at), to_unix_ms(link.expires_at))
        .run();
}

Task<Result<void>> SqliteStore::open_link(MailedLink mailed) {
    co_return co_await state_->write<void>([&mailed](Connection& connection) -> Result<void> {
        const auto account = present_account(connection, mailed.link.user_id);
        if (!account) return std::unexpected(account.error());
        const auto owner = user_of(connection, mailed.link.email);
        if (owner && *owner != account->id) {
            const auto reader = account_by_id(connection, *owner);
            put_mail(connection,
                     {.id = mailed.mail.id, .kind = MailKind::EmailInUse, .to = mailed.link.email},
                     *reader, mailed.link.created_at);
            return {};
        }
        keep_link(connection, mailed, *account);
        return {};
    });
}

Task<Result<void>> SqliteStore::open_reset(Email email, MailedLink mailed) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        const auto user = user_of(connection, email.text());
        if (!user) {
            // The same commit to disk as for an account: the time says nothing.
            Query(connection, "INSERT OR REPLACE INTO heartbeat (one, beat_at) VALUES (1, ?)",
                  to_unix_ms(mailed.link.created_at))
                .run();
            return {};
        }
        const auto account = account_by_id(connection, *user);
        mailed.link.user_id = *user;
        keep_link(connection, mailed, *account);
        return {};
    });
}

Task<Result<AccountLink>> SqliteStore::find_link(LinkId id, TimePoint now) {
    co_return state_->read([&](Connection& connection) { return link_by_id(connection, id, now); });
}

Task<Result<VerifiedEmail>> SqliteStore::use_email_link(LinkId id, MailId notice, TimePoint now) {
    co_return co_await state_->write<VerifiedEmail>(
        [&](Connection& connection) { return follow_email_link(connection, id, notice, now); });
}

Task<Result<VerifiedEmail>> SqliteStore::prove_email(UserId user, Email email, TimePoint now) {
    co_return co_await state_->write<VerifiedEmail>([&](Connection& connection) {
        return prove_own_email(connection, user, email.text(), now);
    });
}

Task<Result<VerifiedEmail>> SqliteStore::use_reset_link(LinkId id, std::string password_hash,
                                                        MailId notice, TimePoint now) {
    co_return co_await state_->write<VerifiedEmail>([&](Connection& connection) {
        return follow_reset_link(connection, id, password_hash, notice, now);
    });
}

}  // namespace imagify::sqlite
