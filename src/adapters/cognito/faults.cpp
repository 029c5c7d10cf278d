#include "adapters/cognito/faults.hpp"

#include <algorithm>

namespace imagify::cognito {
namespace {

struct Row {
    std::string_view fault;
    Attempt attempt;
    ErrorKind kind;
    std::string_view code;
    /// Of `validation.failed`.
    std::string_view field{};
};

// A password in a log-in is "NotAuthorized" on AWS and "InvalidPassword" in cognito-local; unknown
// people are "NotAuthorized" too where the client hides them, else "UserNotFound".
constexpr Row kRows[] = {
    {"UsernameExistsException", Attempt::SignUp, ErrorKind::Conflict, "account.email_taken"},
    {"InvalidPasswordException", Attempt::SignUp, ErrorKind::Invalid, "validation.failed",
     "password"},
    {"CodeMismatchException", Attempt::Code, ErrorKind::Invalid, "auth.link_invalid"},
    {"ExpiredCodeException", Attempt::Code, ErrorKind::Invalid, "auth.link_invalid"},
    {"NotAuthorizedException", Attempt::Code, ErrorKind::Invalid, "auth.link_invalid"},
    {"UserNotFoundException", Attempt::Code, ErrorKind::Invalid, "auth.link_invalid"},
    {"AliasExistsException", Attempt::Code, ErrorKind::Invalid, "auth.link_invalid"},
    {"InvalidParameterException", Attempt::Code, ErrorKind::Invalid, "auth.link_invalid"},
    {"CodeMismatchException", Attempt::Reset, ErrorKind::Invalid, "auth.link_invalid"},
    {"ExpiredCodeException", Attempt::Reset, ErrorKind::Invalid, "auth.link_invalid"},
    {"NotAuthorizedException", Attempt::Reset, ErrorKind::Invalid, "auth.link_invalid"},
    {"UserNotFoundException", Attempt::Reset, ErrorKind::Invalid, "auth.link_invalid"},
    {"UserNotConfirmedException", Attempt::Reset, ErrorKind::Invalid, "auth.link_invalid"},
    {"InvalidParameterException", Attempt::Reset, ErrorKind::Invalid, "auth.link_invalid"},
    {"InvalidPasswordException", Attempt::Reset, ErrorKind::Invalid, "validation.failed",
     "password"},
    {"PasswordHistoryPolicyViolationException", Attempt::Reset, ErrorKind::Invalid,
     "validation.failed", "password"},
    {"NotAuthorizedException", Attempt::LogIn, ErrorKind::Unauthenticated, "auth.bad_credentials"},
    {"InvalidPasswordException", Attempt::LogIn, ErrorKind::Unauthenticated,
     "auth.bad_credentials"},
    {"UserNotFoundException", Attempt::LogIn, ErrorKind::Unauthenticated, "auth.bad_credentials"},
    {"InvalidParameterException", Attempt::LogIn, ErrorKind::Unauthenticated,
     "auth.bad_credentials"},
    {"UserNotConfirmedException", Attempt::LogIn, ErrorKind::Unauthenticated,
     "auth.email_unverified"},
    {"PasswordResetRequiredException", Attempt::LogIn, ErrorKind::Unauthenticated,
     "auth.password_expired"},
    {"CodeMismatchException", Attempt::Otp, ErrorKind::Forbidden, "auth.otp_invalid"},
    {"ExpiredCodeException", Attempt::Otp, ErrorKind::Forbidden, "auth.otp_invalid"},
    {"EnableSoftwareTokenMFAException", Attempt::Otp, ErrorKind::Forbidden, "auth.otp_invalid"},
    {"InvalidParameterException", Attempt::Otp, ErrorKind::Forbidden, "auth.otp_invalid"},
    {"NotAuthorizedException", Attempt::Otp, ErrorKind::Conflict, "mfa.not_set_up"},
    {"NotAuthorizedException", Attempt::ChangePassword, ErrorKind::Forbidden,
     "auth.wrong_password"},
    {"InvalidPasswordException", Attempt::ChangePassword, ErrorKind::Invalid, "validation.failed",
     "newPassword"},
    {"PasswordHistoryPolicyViolationException", Attempt::ChangePassword, ErrorKind::Invalid,
     "validation.failed", "newPassword"},
    {"AliasExistsException", Attempt::ChangeEmail, ErrorKind::Conflict, "account.email_taken"},
    {"UsernameExistsException", Attempt::ChangeEmail, ErrorKind::Conflict, "account.email_taken"},
    {"UserNotFoundException", Attempt::ChangeEmail, ErrorKind::NotFound, "account.not_found"},
    {"NotAuthorizedException", Attempt::Grant, ErrorKind::Unauthenticated, "auth.token_invalid"},
    {"UserNotFoundException", Attempt::Grant, ErrorKind::Unauthenticated, "auth.token_invalid"},
    {"InvalidParameterException", Attempt::Grant, ErrorKind::Unauthenticated, "auth.token_invalid"},
};

}  // namespace

Error normalize(const UserAnswer& refused, Attempt attempt) {
    const auto* const row = std::ranges::find_if(kRows, [&](const Row& one) {
        return one.fault == refused.fault && one.attempt == attempt;
    });
    if (row == std::end(kRows)) {
        return {.kind = ErrorKind::Unavailable,
                .code = "identity.refused",
                .detail = "Cognito: " + refused.fault + ": " + refused.fault_message};
    }
    Error error{.kind = row->kind, .code = std::string(row->code), .detail = refused.fault};
    if (!row->field.empty()) error.fields.push_back({std::string(row->field), "refused"});
    return error;
}

}  // namespace imagify::cognito
