#include "usecases/change_password.hpp"

#include "base/log.hpp"
#include "usecases/admit_person.hpp"

namespace imagify {

Task<Result<LoggedIn>> ChangePassword::run(Account account, Client client, Credentials given,
                                           std::string new_password) const {
    const auto email = Email::parse(account.email);
    auto problem = email ? password_problem(new_password, *email) : std::nullopt;
    if (!problem && parts_.provider != nullptr) problem = composition_problem(new_password);
    if (problem) {
        co_return std::unexpected(Error{.kind = ErrorKind::Invalid,
                                        .code = "validation.failed",
                                        .fields = {{"newPassword", std::move(*problem)}}});
    }
    auto confirmed = co_await parts_.confirm_identity.run(account.id, given);
    if (!confirmed) co_return std::unexpected(confirmed.error());
    auto hash = co_await new_hash(std::move(confirmed->grant), std::move(given.password),
                                  std::move(new_password));
    if (!hash) co_return std::unexpected(hash.error());
    const auto session = parts_.begin_session.propose(account.id, client);
    auto changed =
        co_await parts_.credentials.change_password({.user_id = account.id,
                                                     .password_hash = std::move(*hash),
                                                     .factor = std::move(confirmed->factor),
                                                     .notice = parts_.issue_link.new_mail_id(),
                                                     .session = session,
                                                     .now = parts_.clock.now()});
    if (!changed) co_return std::unexpected(changed.error());
    log_event(LogLevel::Info, "account.password_changed", {{"userId", account.id.text()}});
    parts_.events.publish(account.id, {});
    co_return parts_.begin_session.hand_out(session, std::move(*changed));
}

// What we keep of the new password.
Task<Result<std::string>> ChangePassword::new_hash(Secret grant, std::string present,
                                                   std::string next) const {
    if (parts_.provider == nullptr) {
        co_return co_await parts_.hash_worker.run<std::string>(
            [&]() -> Result<std::string> { return parts_.hasher.hash(next); });
    }
    const auto changed = co_await parts_.provider->change_password(
        std::move(grant), std::move(present), std::move(next));
    if (!changed) co_return std::unexpected(changed.error());
    co_return std::string(kNoPasswordHash);
}

}  // namespace imagify
