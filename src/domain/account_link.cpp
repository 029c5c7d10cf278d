#include "domain/account_link.hpp"

#include <utility>

namespace imagify {

std::string_view to_text(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::VerifyEmail: return "verify_email";
        case LinkPurpose::ChangeEmail: return "change_email";
        case LinkPurpose::ResetPassword: return "reset_password";
    }
    std::unreachable();
}

std::optional<LinkPurpose> parse_link_purpose(std::string_view text) {
    for (const auto purpose :
         {LinkPurpose::VerifyEmail, LinkPurpose::ChangeEmail, LinkPurpose::ResetPassword}) {
        if (to_text(purpose) == text) return purpose;
    }
    return std::nullopt;
}

std::chrono::hours lifetime(LinkPurpose purpose) {
    return std::chrono::hours(purpose == LinkPurpose::ResetPassword ? 1 : 24);
}

}  // namespace imagify
