#include "usecases/reset_password.hpp"

#include "base/log.hpp"

namespace imagify {
namespace {

std::unexpected<Error> invalid(std::string_view field, std::string code) {
    return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                 .code = "validation.failed",
                                 .fields = {{std::string(field), std::move(code)}}});
}

}  // namespace

Task<Result<void>> ResetPassword::ask(std::string email) const {
    const auto parsed = Email::parse(email);
    if (!parsed) co_return invalid("email", "invalid");
    const auto use = co_await parts_.limits.take(kLettersPerAddress, parsed->text());
    if (!use.allowed) co_return Result<void>{};
    if (parts_.provider != nullptr) co_return co_await parts_.provider->forgot(*parsed);
    co_return co_await parts_.credentials.open_reset(
        *parsed, parts_.issue_link.propose(LinkPurpose::ResetPassword, {}, parsed->text()));
}

Task<Result<std::string>> ResetPassword::follow(std::string token, std::string password) const {
    const auto id = parts_.links.read(token);
    if (!id) co_return fail(ErrorKind::Invalid, "auth.link_invalid", "not one of ours");
    const auto link = co_await parts_.credentials.find_link(*id, parts_.clock.now());
    if (!link) co_return std::unexpected(link.error());
    const auto email = Email::parse(link->email);
    if (!email) co_return fail(ErrorKind::Invalid, "auth.link_invalid", "its account is gone");
    if (auto problem = password_problem(password, *email)) {
        co_return invalid("password", std::move(*problem));
    }
    const auto hash = co_await parts_.hash_worker.run<std::string>(
        [&]() -> Result<std::string> { return parts_.hasher.hash(password); });
    if (!hash) co_return std::unexpected(hash.error());
    const auto changed = co_await parts_.credentials.use_reset_link(
        *id, *hash, parts_.issue_link.new_mail_id(), parts_.clock.now());
    if (!changed) co_return std::unexpected(changed.error());
    log_event(LogLevel::Info, "account.password_reset", {{"userId", changed->account.id.text()}});
    parts_.events.publish(changed->account.id, {});
    co_return parts_.devices.issue(changed->account.id);
}

Task<Result<std::string>> ResetPassword::follow(CodedReset reset) const {
    const auto email = Email::parse(reset.email);
    if (!email) co_return invalid("email", "invalid");
    if (parts_.provider == nullptr) {
        co_return fail(ErrorKind::Invalid, "auth.link_invalid", "codes come from a provider");
    }
    auto problem = password_problem(reset.password, *email);
    if (!problem) problem = composition_problem(reset.password);
    if (problem) co_return invalid("password", std::move(*problem));
    const auto done =
        co_await parts_.provider->reset(*email, std::move(reset.code), std::move(reset.password));
    if (!done) co_return std::unexpected(done.error());
    co_return co_await end_log_ins(*email);
}

// The password is changed where it is kept; now everything that went in with the old one ends.
Task<Result<std::string>> ResetPassword::end_log_ins(Email email) const {
    const auto record = co_await parts_.credentials.find_login(email);
    if (!record && record.error().kind == ErrorKind::NotFound) co_return std::string();
    if (!record) co_return std::unexpected(record.error());
    const auto session = parts_.begin_session.propose(record->id, {});
    const auto changed =
        co_await parts_.credentials.change_password({.user_id = record->id,
                                                     .password_hash = record->password_hash,
                                                     .notice = parts_.issue_link.new_mail_id(),
                                                     .session = session,
                                                     .now = parts_.clock.now()});
    if (!changed) co_return std::unexpected(changed.error());
    // Nobody is logged in by a reset; if this fails, nobody ever gets the session's token.
    co_await parts_.sessions.end_session(record->id, session.id);
    const auto proved =
        co_await parts_.credentials.prove_email(record->id, email, parts_.clock.now());
    if (!proved) co_return std::unexpected(proved.error());
    log_event(LogLevel::Info, "account.password_reset", {{"userId", record->id.text()}});
    parts_.events.publish(record->id, {});
    co_return parts_.devices.issue(record->id);
}

}  // namespace imagify
