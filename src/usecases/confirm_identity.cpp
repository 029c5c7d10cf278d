#include "usecases/confirm_identity.hpp"

#include "usecases/admit_person.hpp"
#include "usecases/rate_limited.hpp"

namespace imagify {

Task<Result<Confirmed>> ConfirmIdentity::run(UserId user, Credentials given) const {
    const auto key = "confirm|" + user.text();
    const auto use = co_await parts_.limits.guess(key);
    if (!use.allowed) co_return rate_limited(use);
    auto confirmed = parts_.provider == nullptr ? co_await check(user, std::move(given))
                                                : co_await check_provided(user, std::move(given));
    if (confirmed) {
        co_await parts_.limits.forget_guesses(key);
    } else if (confirmed.error().code != "auth.wrong_password" &&
               confirmed.error().code != "auth.otp_invalid") {
        // An overloaded server or store has checked nothing.
        co_await parts_.limits.uncount_guess(key);
    }
    co_return confirmed;
}

Task<Result<Confirmed>> ConfirmIdentity::check(const UserId& user, Credentials given) const {
    auto record = co_await parts_.credentials.find_login_of(user);
    if (!record) co_return std::unexpected(record.error());
    const auto matches = co_await password_matches(&*record, std::move(given.password));
    if (!matches) co_return std::unexpected(matches.error());
    if (!*matches) co_return fail(ErrorKind::Forbidden, "auth.wrong_password");
    auto factor = co_await check_factor(std::move(*record), std::move(given.otp));
    if (!factor) co_return std::unexpected(factor.error());
    co_return Confirmed{.factor = std::move(*factor)};
}

Task<Result<Confirmed>> ConfirmIdentity::check_provided(const UserId& user,
                                                        Credentials given) const {
    const auto account = co_await parts_.accounts.find_account(user);
    if (!account) co_return std::unexpected(account.error());
    const auto email = Email::parse(account->email);
    if (!email) co_return fail(ErrorKind::NotFound, "account.not_found");
    auto log_in =
        co_await parts_.provider->log_in(*email, std::move(given.password), std::move(given.otp));
    if (log_in && user_id_of(log_in->person.subject) == user) {
        co_return Confirmed{.grant = std::move(log_in->grant)};
    }
    auto error = log_in ? Error{.kind = ErrorKind::Forbidden, .code = "auth.wrong_password"}
                        : log_in.error();
    // Somebody is logged in here already, so it is not "unauthenticated".
    if (error.kind == ErrorKind::Unauthenticated) error.kind = ErrorKind::Forbidden;
    if (error.code == "auth.bad_credentials") error.code = "auth.wrong_password";
    co_return std::unexpected(std::move(error));
}

Task<Result<bool>> ConfirmIdentity::password_matches(const LoginRecord* record,
                                                     std::string password) const {
    // A password over the limit cannot be anybody's; it is hashed cut, so that it costs the same.
    if (password.size() > kPasswordMaxBytes) {
        password.resize(kPasswordMaxBytes);
        record = nullptr;
    }
    const auto& hash = record != nullptr ? record->password_hash : parts_.hasher.decoy();
    const auto matches = co_await parts_.hash_worker.run<bool>(
        [&]() -> Result<bool> { return parts_.hasher.verify(password, hash); });
    if (!matches) co_return std::unexpected(matches.error());
    co_return *matches&& record != nullptr;
}

Task<Result<SpentFactor>> ConfirmIdentity::check_factor(LoginRecord record, std::string otp) const {
    if (!record.otp_enabled) co_return SpentFactor{};
    if (otp.empty()) co_return fail(ErrorKind::Forbidden, "auth.otp_required");
    const auto match = parts_.factors.match(record.id, record.otp_secret, otp);
    if (match && match->step > record.otp_last_step) {
        co_return SpentFactor{.otp_step = match->step};
    }
    auto hash = parts_.factors.recovery_hash(otp);
    const auto known = co_await parts_.credentials.has_recovery_code(record.id, hash);
    if (!known) co_return std::unexpected(known.error());
    if (*known) co_return SpentFactor{.recovery_hash = std::move(hash)};
    co_return fail(ErrorKind::Forbidden, "auth.otp_invalid");
}

}  // namespace imagify
