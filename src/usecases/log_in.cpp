#include "usecases/log_in.hpp"

namespace imagify {

Task<Result<LoggedIn>> LogIn::run(std::string email, std::string password) const {
    Result<LoginRecord> record = fail(ErrorKind::NotFound, "account.not_found");
    if (const auto parsed = Email::parse(email)) {
        record = co_await parts_.accounts.find_login(*parsed);
        if (!record && record.error().kind != ErrorKind::NotFound) {
            co_return std::unexpected(record.error());
        }
    }
    // A password over the limit cannot be anybody's; it is hashed cut, so that it costs the same.
    if (password.size() > kPasswordMaxBytes) {
        password.resize(kPasswordMaxBytes);
        record = fail(ErrorKind::NotFound, "account.not_found");
    }
    const auto& hash = record ? record->password_hash : parts_.hasher.decoy();
    const auto matches = co_await parts_.hash_worker.run<bool>(
        [&]() -> Result<bool> { return parts_.hasher.verify(password, hash); });
    if (!matches) co_return std::unexpected(matches.error());
    if (!record || !*matches) {
        co_return fail(ErrorKind::Unauthenticated, "auth.bad_credentials");
    }
    const auto account = co_await parts_.accounts.find_account(record->id);
    if (!account) co_return std::unexpected(account.error());
    co_return LoggedIn{.token = parts_.tokens.issue(account->id, account->session_epoch),
                       .account = *account};
}

}  // namespace imagify
