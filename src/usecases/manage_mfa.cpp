#include "usecases/manage_mfa.hpp"

#include "base/log.hpp"
#include "usecases/rate_limited.hpp"

namespace imagify {

Task<Result<NewOtpSecret>> ManageMfa::set_up(Account account, Credentials given) const {
    if (account.mfa_enabled) co_return fail(ErrorKind::Conflict, "mfa.already_enabled");
    auto confirmed = co_await parts_.confirm_identity.run(account.id, std::move(given));
    if (!confirmed) co_return std::unexpected(confirmed.error());
    auto secret = co_await new_secret(account, std::move(confirmed->grant));
    if (!secret) co_return secret;
    const auto kept = co_await parts_.credentials.keep_otp_secret(account.id, secret->sealed);
    if (!kept) co_return std::unexpected(kept.error());
    co_return secret;
}

Task<Result<NewOtpSecret>> ManageMfa::new_secret(Account account, Secret grant) const {
    if (parts_.provider == nullptr) {
        co_return parts_.factors.new_secret(account.id, account.email);
    }
    const auto base32 = co_await parts_.provider->new_otp_secret(grant);
    if (!base32) co_return std::unexpected(base32.error());
    co_return parts_.factors.provided_secret(account.id, account.email, *base32, grant);
}

// What the first password of a new secret uses up.
Task<Result<SpentFactor>> ManageMfa::check_first(const LoginRecord& record, std::string otp) const {
    if (parts_.provider == nullptr) {
        const auto match = parts_.factors.match(record.id, record.otp_secret, otp);
        if (!match) co_return fail(ErrorKind::Forbidden, "auth.otp_invalid");
        co_return SpentFactor{.otp_step = match->step};
    }
    auto grant = parts_.factors.grant_of(record.id, record.otp_secret);
    if (!grant) co_return fail(ErrorKind::Conflict, "mfa.not_set_up");
    const auto enabled = co_await parts_.provider->enable_otp(std::move(*grant), std::move(otp));
    if (!enabled) co_return std::unexpected(enabled.error());
    co_return SpentFactor{};
}

Task<Result<std::vector<std::string>>> ManageMfa::enable(Account account, std::string otp) const {
    const auto key = "mfa|" + account.id.text();
    const auto use = co_await parts_.limits.guess(key);
    if (!use.allowed) co_return rate_limited(use);
    const auto record = co_await parts_.credentials.find_login_of(account.id);
    if (!record) co_return std::unexpected(record.error());
    if (record->otp_enabled) co_return fail(ErrorKind::Conflict, "mfa.already_enabled");
    if (record->otp_secret.empty()) co_return fail(ErrorKind::Conflict, "mfa.not_set_up");
    auto factor = co_await check_first(*record, std::move(otp));
    if (!factor) co_return std::unexpected(factor.error());
    std::vector<std::string> codes;
    if (parts_.provider == nullptr) codes = parts_.factors.new_recovery_codes();
    std::vector<std::string> hashes;
    hashes.reserve(codes.size());
    for (const auto& code : codes) hashes.push_back(parts_.factors.recovery_hash(code));
    const auto enabled =
        co_await parts_.credentials.enable_otp(account.id, std::move(*factor), std::move(hashes),
                                               parts_.issue_link.new_mail_id(), parts_.clock.now());
    if (!enabled) co_return std::unexpected(enabled.error());
    co_await parts_.limits.forget_guesses(key);
    log_event(LogLevel::Info, "account.mfa_enabled", {{"userId", account.id.text()}});
    co_return codes;
}

Task<Result<void>> ManageMfa::disable(Account account, Credentials given) const {
    if (!account.mfa_enabled) co_return fail(ErrorKind::Conflict, "mfa.not_enabled");
    auto confirmed = co_await parts_.confirm_identity.run(account.id, std::move(given));
    if (!confirmed) co_return std::unexpected(confirmed.error());
    if (parts_.provider != nullptr) {
        const auto off = co_await parts_.provider->disable_otp(std::move(confirmed->grant));
        if (!off) co_return off;
    }
    const auto disabled = co_await parts_.credentials.disable_otp(
        account.id, std::move(confirmed->factor), parts_.issue_link.new_mail_id(),
        parts_.clock.now());
    if (disabled) {
        log_event(LogLevel::Info, "account.mfa_disabled", {{"userId", account.id.text()}});
    }
    co_return disabled;
}

}  // namespace imagify
