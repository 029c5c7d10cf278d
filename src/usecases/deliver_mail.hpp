#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "ports/link_tokens.hpp"
#include "ports/mail_outbox.hpp"
#include "ports/mailer.hpp"
#include "usecases/compose_letter.hpp"

namespace imagify {

/// How long a letter waits after its first, second, ... failed attempt; then the last for ever.
inline constexpr std::array<std::chrono::minutes, 5> kMailSchedule = {
    std::chrono::minutes(1), std::chrono::minutes(5), std::chrono::minutes(20),
    std::chrono::hours(1), std::chrono::hours(4)};
/// A notice is news for so long. A letter with a link is given up when the link has expired.
inline constexpr std::chrono::hours kNoticeLifetime{48};
/// A letter that somebody is about to send is nobody else's for so long: longer than any attempt.
inline constexpr std::chrono::minutes kMailClaim{2};
/// Letters of one round, and how many of them are on their way at once.
inline constexpr std::size_t kMailRoundLimit = 20;
inline constexpr std::size_t kMailsAtOnce = 4;

/// What was done since the process began.
struct MailCounts {
    std::uint64_t sent = 0;
    /// Attempts that failed, those that ended in giving up included.
    std::uint64_t failed = 0;
    std::uint64_t given_up = 0;
};

/// Empties the outbox: each letter leaves it when it was handed over, or when it never will be.
/// Several processes may do so at once. A letter whose sender dies is sent again by the next; none
/// is lost.
class DeliverMail {
public:
    struct Parts {
        MailOutbox& outbox;
        Mailer& mailer;
        const LinkTokens& links;
        const Clock& clock;
        Random& random;
        LetterHead head;
    };
    explicit DeliverMail(Parts parts) : parts_(std::move(parts)) {}

    /// One round over the letters that are due; yields how many were sent. One round at a time, on
    /// an executor that runs one thing at a time. Errors: those of MailOutbox::due_mails.
    Task<Result<int>> run();

    /// Safe from any thread.
    MailCounts counts() const;

private:
    /// What becomes of a letter after an attempt: another one, or nothing more.
    using Verdict = std::optional<TimePoint>;
    struct Round;

    Task<void> settle_open_verdicts();
    static Task<void> work_off(DeliverMail& self, Round& round);
    Task<void> deliver(OutboxMail mail);
    Verdict judge(const OutboxMail& mail, const Error& error);
    void give_up(const OutboxMail& mail, std::string_view reason, std::string_view detail);
    Task<void> settle(MailId id, Verdict verdict);
    TimePoint next_attempt(const OutboxMail& mail) const;

    Parts parts_;
    /// Verdicts that the store could not take: their letters will look due again, but must not be
    /// sent again.
    std::map<MailId, Verdict> unsettled_;
    std::atomic<std::uint64_t> sent_ = 0;
    std::atomic<std::uint64_t> failed_ = 0;
    std::atomic<std::uint64_t> given_up_ = 0;
};

}  // namespace imagify
