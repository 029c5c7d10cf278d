#include "adapters/sqlite/store_state.hpp"

namespace imagify::sqlite {

void put_mail(Connection& connection, const NewMail& mail, const Account& reader, TimePoint now) {
    Query(connection,
          "INSERT INTO mail_outbox (mail_id, kind, recipient, name, locale, link_id, attempts,"
          " created_at, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?7)",
          mail.id.text(), to_text(mail.kind), mail.to, reader.name, to_text(reader.locale),
          mail.link.text(), to_unix_ms(now))
        .run();
}

Task<Result<std::vector<OutboxMail>>> SqliteStore::due_mails(TimePoint now, std::size_t limit) {
    co_return state_->read([&](Connection& connection) -> Result<std::vector<OutboxMail>> {
        Query query(connection,
                    "SELECT mail_id, kind, recipient, name, locale, link_id, attempts, created_at"
                    " FROM mail_outbox WHERE next_at <= ? ORDER BY next_at LIMIT ?",
                    to_unix_ms(now), static_cast<std::int64_t>(limit));
        std::vector<OutboxMail> mails;
        while (query.step()) {
            const auto kind = parse_mail_kind(query.text(1));
            if (!kind) continue;
            mails.push_back({.id = MailId(query.text(0)),
                             .kind = *kind,
                             .to = query.text(2),
                             .name = query.text(3),
                             .locale = parse_locale(query.text(4)).value_or(Locale::Vietnamese),
                             .link = LinkId(query.text(5)),
                             .attempts = query.integer(6),
                             .created_at = from_unix_ms(query.integer(7))});
        }
        return mails;
    });
}

Task<Result<bool>> SqliteStore::claim_mail(MailId id, TimePoint now, TimePoint until) {
    co_return co_await state_->write<bool>([&](Connection& connection) -> Result<bool> {
        Query(connection,
              "UPDATE mail_outbox SET next_at = ?1 WHERE mail_id = ?2 AND next_at <= ?3",
              to_unix_ms(until), id.text(), to_unix_ms(now))
            .run();
        return connection.changes() == 1;
    });
}

Task<Result<void>> SqliteStore::remove_mail(MailId id) {
    co_return co_await state_->write<void>([&id](Connection& connection) -> Result<void> {
        Query(connection, "DELETE FROM mail_outbox WHERE mail_id = ?", id.text()).run();
        return {};
    });
}

Task<Result<void>> SqliteStore::postpone_mail(MailId id, TimePoint next) {
    co_return co_await state_->write<void>([&](Connection& connection) -> Result<void> {
        Query(connection,
              "UPDATE mail_outbox SET attempts = attempts + 1, next_at = ? WHERE mail_id = ?",
              to_unix_ms(next), id.text())
            .run();
        return {};
    });
}

}  // namespace imagify::sqlite
