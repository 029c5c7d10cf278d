#include "usecases/verify_email.hpp"

#include "base/log.hpp"
#include "usecases/admit_person.hpp"
#include "usecases/rate_limited.hpp"

namespace imagify {

Task<Result<void>> VerifyEmail::resend(Account account) const {
    if (account.email_verified) co_return fail(ErrorKind::Conflict, "account.already_verified");
    co_return co_await send(LinkPurpose::VerifyEmail, account, account.email);
}

Task<Result<void>> VerifyEmail::ask_change(Account account, std::string email,
                                           Credentials given) const {
    const auto parsed = Email::parse(email);
    if (!parsed || parsed->text() == account.email) {
        co_return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                        .code = "validation.failed",
                                        .fields = {{"email", parsed ? "unchanged" : "invalid"}}});
    }
    // The factor is not used up: what it allows here is no more than a letter.
    const auto factor = co_await parts_.confirm_identity.run(account.id, std::move(given));
    if (!factor) co_return std::unexpected(factor.error());
    co_return co_await send(LinkPurpose::ChangeEmail, account, parsed->text());
}

Task<Result<void>> VerifyEmail::send(LinkPurpose purpose, const Account& account,
                                     std::string email) const {
    const auto use = co_await parts_.limits.take(kLettersPerAddress, email);
    if (!use.allowed) co_return rate_limited(use);
    if (parts_.provider != nullptr && purpose == LinkPurpose::VerifyEmail) {
        const auto address = Email::parse(email);
        assert(address);  // An account's.
        co_return co_await parts_.provider->resend(*address);
    }
    co_return co_await parts_.credentials.open_link(
        parts_.issue_link.propose(purpose, account.id, email));
}

Task<Result<VerifiedEmail>> VerifyEmail::follow(std::string token) const {
    const auto id = parts_.links.read(token);
    if (!id) co_return fail(ErrorKind::Invalid, "auth.link_invalid", "not one of ours");
    if (parts_.provider != nullptr) {
        if (auto moved = co_await move_with_provider(*id); !moved) {
            co_return std::unexpected(moved.error());
        }
    }
    auto verified = co_await parts_.credentials.use_email_link(*id, parts_.issue_link.new_mail_id(),
                                                               parts_.clock.now());
    if (!verified) co_return verified;
    log_event(LogLevel::Info, "account.verified", {{"userId", verified->account.id.text()}});
    parts_.events.publish(verified->account.id, {});
    co_return verified;
}

// First there: if we end in between, the link works once more and does the same again.
Task<Result<void>> VerifyEmail::move_with_provider(const LinkId& id) const {
    const auto link = co_await parts_.credentials.find_link(id, parts_.clock.now());
    if (!link) co_return std::unexpected(link.error());
    const auto email = Email::parse(link->email);
    if (!email || link->purpose != LinkPurpose::ChangeEmail) {
        co_return fail(ErrorKind::Invalid, "auth.link_invalid", "not sent by us");
    }
    co_return co_await parts_.provider->change_email(subject_of(link->user_id), *email);
}

Task<Result<VerifiedEmail>> VerifyEmail::confirm(std::string email, std::string code) const {
    const auto parsed = Email::parse(email);
    if (!parsed) {
        co_return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                        .code = "validation.failed",
                                        .fields = {{"email", "invalid"}}});
    }
    if (parts_.provider == nullptr) {
        co_return fail(ErrorKind::Invalid, "auth.link_invalid", "codes come from a provider");
    }
    const auto confirmed = co_await parts_.provider->confirm(*parsed, std::move(code));
    if (!confirmed) co_return std::unexpected(confirmed.error());
    const auto record = co_await parts_.credentials.find_login(*parsed);
    if (!record && record.error().kind == ErrorKind::NotFound) {
        VerifiedEmail unseen{.account = {}, .gift = {}};
        unseen.account.email = parsed->text();
        co_return unseen;
    }
    if (!record) co_return std::unexpected(record.error());
    auto verified =
        co_await parts_.credentials.prove_email(record->id, *parsed, parts_.clock.now());
    if (verified) parts_.events.publish(record->id, {});
    co_return verified;
}

}  // namespace imagify
