#pragma once

#include <optional>
#include <string_view>

namespace imagify {

/// What a letter is about; the words are chosen when it is sent.
enum class MailKind {
    VerifyEmail,      ///< Link: this address is yours.
    ResetPassword,    ///< Link: choose a new password.
    ChangeEmail,      ///< Link, to the new address: the account moves here.
    EmailInUse,       ///< To an address that has an account: somebody tried to move one here.
    EmailChanged,     ///< Notice, to the old address.
    PasswordChanged,  ///< Notice.
    MfaEnabled,       ///< Notice.
    MfaDisabled,      ///< Notice.
    AccountDeleted,   ///< Notice, the last one.
};

/// "verify_email", "reset_password", ..., as stored.
std::string_view to_text(MailKind kind);
std::optional<MailKind> parse_mail_kind(std::string_view text);

}  // namespace imagify
