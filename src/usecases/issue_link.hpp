#pragma once

#include "base/random.hpp"
#include "ports/credential_store.hpp"
#include "ports/limits.hpp"

namespace imagify {

/// Letters with a link to one address: 3 at once and 3 an hour, so that nobody's mailbox is
/// flooded.
inline constexpr LimitRule kLettersPerAddress{
    .name = "letters", .quota = 3, .window = std::chrono::hours(1)};

/// Makes links, the letters that carry them, and the ids of letters without one.
class IssueLink {
public:
    IssueLink(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

    /// A link of the user to `email` from now on, which the store does not have yet.
    MailedLink propose(LinkPurpose purpose, const UserId& user, const std::string& email) const;
    MailId new_mail_id() const;

private:
    const Clock& clock_;
    Random& random_;
};

}  // namespace imagify
