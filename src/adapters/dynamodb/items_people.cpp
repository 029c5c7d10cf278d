#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {

Item account_item(const Account& account, const std::string& password_hash) {
    Item item{{"userId", account.id.text()},
              {"email", account.email},
              {"name", account.name},
              {"locale", std::string(to_text(account.locale))},
              {"role", std::string(to_text(account.role))},
              {"passwordHash", password_hash},
              {"credits", account.credits.count},
              {"held", account.held.count},
              {"giftPending", account.gift_pending.count},
              {"sessionEpoch", account.session_epoch},
              {"ledgerSeq", std::int64_t{0}},
              {"createdAt", sort_text(account.created_at, account.id.text())}};
    set_list(item, kAccountList, account.id.text());
    return item;
}

Account read_account(const Item& item) {
    return {.id = UserId(item.text("userId")),
            .email = item.text("email"),
            .name = item.text("name"),
            .locale = parse_locale(item.text("locale")).value_or(Locale::Vietnamese),
            .role = parse_role(item.text("role")).value_or(Role::User),
            .credits = {item.number("credits")},
            .held = {item.number("held")},
            .gift_pending = {item.number("giftPending")},
            .email_verified = item.has("emailVerifiedAt"),
            .mfa_enabled = item.has("otpEnabledAt"),
            .session_epoch = item.number("sessionEpoch"),
            .sessions_ended_at = item.time("sessionsEndedAt"),
            .created_at = time_of(item.text("createdAt"))};
}

Balance read_balance(const Item& account) {
    return {.credits = {account.number("credits")}, .held = {account.number("held")}};
}

bool is_gone(const Item& account) { return account.has("deletedAt"); }

Condition is_present(const Tables& tables) {
    return all_of({exists(tables.users.key), absent("deletedAt")});
}

Item mail_item(const NewMail& mail, const Account& reader, TimePoint now) {
    Item item{{"userId", mail_key(mail.id)},
              {"mailId", mail.id.text()},
              {"kind", std::string(to_text(mail.kind))},
              {"to", mail.to},
              {"name", reader.name},
              {"mailLocale", std::string(to_text(reader.locale))},
              {"linkId", mail.link.text()},
              {"attempts", std::int64_t{0}},
              {"createdAt", sort_text(now, mail.id.text())}};
    set_due(item, Due::Mail, mail.id.text(), now);
    set_list(item, mail_list(mail.to), mail.id.text());
    return item;
}

std::optional<OutboxMail> read_mail(const Item& item) {
    const auto kind = parse_mail_kind(item.text("kind"));
    if (!kind) return std::nullopt;
    return OutboxMail{.id = MailId(item.text("mailId")),
                      .kind = *kind,
                      .to = item.text("to"),
                      .name = item.text("name"),
                      .locale = parse_locale(item.text("mailLocale")).value_or(Locale::Vietnamese),
                      .link = LinkId(item.text("linkId")),
                      .attempts = item.number("attempts"),
                      .created_at = time_of(item.text("createdAt"))};
}

Item link_item(const AccountLink& link) {
    return {{"userId", link_key(link.id)},
            {"linkId", link.id.text()},
            {"owner", link.user_id.text()},
            {"purpose", std::string(to_text(link.purpose))},
            {"linkEmail", link.email},
            {"createdAt", sort_text(link.created_at, link.id.text())},
            {"expiresAt", to_unix_ms(link.expires_at)},
            {kTtlAttribute, ttl_at(link.expires_at)}};
}

AccountLink read_link(const Item& item) {
    return {.id = LinkId(item.text("linkId")),
            .user_id = UserId(item.text("owner")),
            .purpose = parse_link_purpose(item.text("purpose")).value_or(LinkPurpose::VerifyEmail),
            .email = item.text("linkEmail"),
            .created_at = time_of(item.text("createdAt")),
            .expires_at = item.time("expiresAt")};
}

}  // namespace imagify::dynamodb
