#pragma once

#include <string>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify {

/// A letter as its reader sees it. All text is UTF-8; `to` is one ASCII address without a name.
struct Letter {
    /// Becomes part of the Message-ID: a letter that is sent twice can be told as one.
    MailId id;
    std::string to;
    std::string subject;
    std::string text;
    std::string html;
};

/// Carries letters away. Safe from several coroutines at once; outlives every Task it returns.
class Mailer {
public:
    virtual ~Mailer() = default;

    /// Hands one letter over; after success somebody else is answerable for it. It may be carried
    /// twice when the other side's last answer is lost.
    /// Errors: Invalid `mail.refused` (this letter will never be taken: give it up); Unavailable or
    /// Timeout `mail.unavailable` (try later).
    virtual Task<Result<void>> send(Letter letter) = 0;
};

}  // namespace imagify
