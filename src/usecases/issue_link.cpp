#include "usecases/issue_link.hpp"

#include <utility>

namespace imagify {
namespace {

MailKind letter_of(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::VerifyEmail: return MailKind::VerifyEmail;
        case LinkPurpose::ChangeEmail: return MailKind::ChangeEmail;
        case LinkPurpose::ResetPassword: return MailKind::ResetPassword;
    }
    std::unreachable();
}

}  // namespace

MailedLink IssueLink::propose(LinkPurpose purpose, const UserId& user,
                              const std::string& email) const {
    const auto now = clock_.now();
    const LinkId link(new_ulid("l_", clock_, random_));
    return {.link = {.id = link,
                     .user_id = user,
                     .purpose = purpose,
                     .email = email,
                     .created_at = now,
                     .expires_at = now + lifetime(purpose)},
            .mail = {.id = new_mail_id(), .kind = letter_of(purpose), .to = email, .link = link}};
}

MailId IssueLink::new_mail_id() const { return MailId(new_ulid("m_", clock_, random_)); }

}  // namespace imagify
