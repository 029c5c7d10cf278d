#pragma once

#include <string>

#include "base/worker.hpp"
#include "ports/account_store.hpp"
#include "ports/email_marks.hpp"
#include "ports/identity_provider.hpp"
#include "ports/password_hasher.hpp"
#include "usecases/begin_session.hpp"
#include "usecases/issue_link.hpp"

namespace imagify {

/// Gifts without a verified address, per network: 5 at once and 5 a day. Whoever signs up beyond
/// them verifies the address first.
inline constexpr LimitRule kGiftsPerNetwork{
    .name = "signup-gift", .quota = 5, .window = std::chrono::hours(24)};

struct Registration {
    std::string email;
    std::string password;
    std::string name{};
    Locale locale = Locale::Vietnamese;
    Client client{};
};

/// When the sign-up gift arrives.
enum class GiftTime { Registration, Verification };

/// Makes an account with its sign-up gift, logs its owner in, and asks to verify the address.
class RegisterAccount {
public:
    struct Parts {
        AccountStore& accounts;
        PasswordHasher& hasher;
        Worker& hash_worker;
        const BeginSession& begin_session;
        const IssueLink& issue_link;
        const EmailMarks& email_marks;
        Limits& limits;
        const Clock& clock;
        Random& random;
        Credits gift;
        GiftTime gift_time = GiftTime::Registration;
        /// Keeps the password and proves the address instead of us.
        IdentityProvider* provider = nullptr;
    };
    explicit RegisterAccount(Parts parts) : parts_(parts) {}

    /// Errors: Invalid `validation.failed` with one code per field; Conflict `account.email_taken`;
    /// Unavailable `server.overloaded` when the hash queue is full; those of AccountStore.
    Task<Result<LoggedIn>> run(Registration registration) const;

private:
    struct Start;
    Task<Result<Start>> start(const Registration& registration, const Email& email) const;
    Task<bool> gift_at_once(const Client& client) const;

    Parts parts_;
};

}  // namespace imagify
