#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "domain/money.hpp"

namespace imagify {

/// OWASP: at least 8 characters; a cap keeps the hash cheap. Counted in bytes of UTF-8.
inline constexpr std::size_t kPasswordMinCodePoints = 8;
inline constexpr std::size_t kPasswordMaxBytes = 128;
inline constexpr std::size_t kEmailMaxBytes = 254;  // RFC 5321, 4.5.3.1.3 less the angle brackets.
inline constexpr std::size_t kNameMaxCodePoints = 100;

enum class Locale { Vietnamese, English };
enum class Role { User, Admin };

/// "vi" and "en", as stored and sent.
std::string_view to_text(Locale locale);
std::optional<Locale> parse_locale(std::string_view text);
/// "user" and "admin", as stored and sent.
std::string_view to_text(Role role);
std::optional<Role> parse_role(std::string_view text);

/// An e-mail address in its one normal form: ASCII, lower case. Two spellings of one address
/// compare equal; look-alikes outside ASCII are refused (dotless-i take-over).
class Email {
public:
    /// Nothing when the text is not an address that we take.
    static std::optional<Email> parse(std::string_view text);
    const std::string& text() const { return text_; }
    bool operator==(const Email&) const = default;

private:
    explicit Email(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// Nothing when the password may be used, else the stable code of the broken rule: "too_short",
/// "too_long", "same_as_email", "too_common", "invalid".
std::optional<std::string> password_problem(std::string_view password, const Email& email);

/// What an identity provider's policy asks of a password besides: nothing, or "needs_upper",
/// "needs_lower", "needs_digit" (ASCII letters and digits).
std::optional<std::string> composition_problem(std::string_view password);

/// Nothing when the display name may be used, else "too_long" or "invalid".
std::optional<std::string> name_problem(std::string_view name);

/// A person who can log in, with the balance at the moment it was read.
struct Account {
    UserId id;
    std::string email;
    std::string name;
    Locale locale = Locale::Vietnamese;
    Role role = Role::User;
    /// Spendable now; never negative.
    Credits credits;
    /// Set aside for generations that run; credits + held = sum of the account's ledger.
    Credits held;
    /// Credits that arrive when the e-mail address is verified.
    Credits gift_pending{};
    /// True when its owner has shown to read the mail of `email`.
    bool email_verified = false;
    /// True when a log-in needs a one-time password besides the password.
    bool mfa_enabled = false;
    /// Every token carries the epoch it was made in; a token of an older epoch is dead.
    std::int64_t session_epoch = 0;
    /// When all log-ins were last ended; a token that somebody else issued until then is dead.
    TimePoint sessions_ended_at{};
    TimePoint created_at{};
};

}  // namespace imagify
