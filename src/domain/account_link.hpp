#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"

namespace imagify {

/// What the holder of a mailed link may do, once.
enum class LinkPurpose { VerifyEmail, ChangeEmail, ResetPassword };

/// "verify_email", "change_email" and "reset_password", as stored.
std::string_view to_text(LinkPurpose purpose);
std::optional<LinkPurpose> parse_link_purpose(std::string_view text);

/// How long a link works: a day for addresses; an hour for passwords, which are worth more.
std::chrono::hours lifetime(LinkPurpose purpose);

/// A single-use link that was mailed. It proves that its user reads `email`.
struct AccountLink {
    LinkId id;
    UserId user_id;
    LinkPurpose purpose = LinkPurpose::VerifyEmail;
    std::string email;
    TimePoint created_at{};
    TimePoint expires_at{};
};

}  // namespace imagify
