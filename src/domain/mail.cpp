#include "domain/mail.hpp"

#include <array>
#include <utility>

namespace imagify {
namespace {

constexpr auto kNames = std::to_array<std::pair<MailKind, std::string_view>>({
    {MailKind::VerifyEmail, "verify_email"},
    {MailKind::ResetPassword, "reset_password"},
    {MailKind::ChangeEmail, "change_email"},
    {MailKind::EmailInUse, "email_in_use"},
    {MailKind::EmailChanged, "email_changed"},
    {MailKind::PasswordChanged, "password_changed"},
    {MailKind::MfaEnabled, "mfa_enabled"},
    {MailKind::MfaDisabled, "mfa_disabled"},
    {MailKind::AccountDeleted, "account_deleted"},
});

}  // namespace

std::string_view to_text(MailKind kind) {
    for (const auto& [known, name] : kNames) {
        if (known == kind) return name;
    }
    std::unreachable();
}

std::optional<MailKind> parse_mail_kind(std::string_view text) {
    for (const auto& [kind, name] : kNames) {
        if (name == text) return kind;
    }
    return std::nullopt;
}

}  // namespace imagify
