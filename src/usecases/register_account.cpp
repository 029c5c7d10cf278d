#include "usecases/register_account.hpp"

#include "base/log.hpp"

namespace imagify {
namespace {

Result<Email> validate(const Registration& registration) {
    const auto email = Email::parse(registration.email);
    Error error{.kind = ErrorKind::Invalid, .code = "validation.failed"};
    if (!email) {
        error.fields.push_back({"email", "invalid"});
    } else if (const auto problem = password_problem(registration.password, *email)) {
        error.fields.push_back({"password", *problem});
    }
    if (const auto problem = name_problem(registration.name)) {
        error.fields.push_back({"name", *problem});
    }
    if (!error.fields.empty()) return std::unexpected(std::move(error));
    return *email;
}

}  // namespace

Task<Result<LoggedIn>> RegisterAccount::run(Registration registration) const {
    const auto email = validate(registration);
    if (!email) co_return std::unexpected(email.error());
    const auto hash = co_await parts_.hash_worker.run<std::string>(
        [&]() -> Result<std::string> { return parts_.hasher.hash(registration.password); });
    if (!hash) co_return std::unexpected(hash.error());
    const auto account = co_await parts_.accounts.create_account(
        {.id = UserId(new_ulid("u_", parts_.clock, parts_.random)),
         .email = *email,
         .name = registration.name,
         .locale = registration.locale,
         .password_hash = *hash,
         .gift = parts_.gift,
         .created_at = parts_.clock.now()});
    if (!account) co_return std::unexpected(account.error());
    log_event(LogLevel::Info, "account.registered", {{"userId", account->id.text()}});
    co_return LoggedIn{.token = parts_.tokens.issue(account->id, account->session_epoch),
                       .account = *account};
}

}  // namespace imagify
