#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/mail.hpp"

namespace imagify {

/// A letter to be written. It is put into the outbox in the transaction of what it tells about, so
/// that it is sent exactly when that has happened. No secret is in it: the link's text is made when
/// the letter is sent.
struct NewMail {
    MailId id;
    MailKind kind = MailKind::VerifyEmail;
    std::string to;
    /// Empty for a notice without a link.
    LinkId link{};
};

/// A letter that waits. `name` and `locale` are its reader's at the time it was put in.
struct OutboxMail {
    MailId id;
    MailKind kind = MailKind::VerifyEmail;
    std::string to;
    std::string name;
    Locale locale = Locale::Vietnamese;
    LinkId link{};
    /// Attempts that failed so far.
    std::int64_t attempts = 0;
    TimePoint created_at{};
};

/// Letters that wait to be sent. Safe from several coroutines and threads at once; never throws;
/// outlives every Task it returns.
class MailOutbox {
public:
    virtual ~MailOutbox() = default;

    /// Letters whose time has come, the most overdue first.
    virtual Task<Result<std::vector<OutboxMail>>> due_mails(TimePoint now, std::size_t limit) = 0;

    /// Makes a due letter the caller's: for anybody else it is due again at `until`, in case the
    /// caller dies. False when another was faster, or the letter is gone.
    /// Errors: Unavailable; Unknown (perhaps it is nobody's until `until`).
    virtual Task<Result<bool>> claim_mail(MailId id, TimePoint now, TimePoint until) = 0;

    /// Takes a letter out: it was sent, or it never will be. Idempotent.
    virtual Task<Result<void>> remove_mail(MailId id) = 0;

    /// Counts a failed attempt and waits until `next`. Idempotent for a letter that is gone.
    virtual Task<Result<void>> postpone_mail(MailId id, TimePoint next) = 0;
};

}  // namespace imagify
