#pragma once

#include <memory>

#include "adapters/outbox_folder/outbox_folder.hpp"
#include "adapters/smtp/smtp_mailer.hpp"
#include "app/cloud.hpp"

namespace imagify {

/// How letters leave, as configured; one of them is there.
struct MailRoom {
    std::unique_ptr<OutboxFolder> folder{};
    std::unique_ptr<SmtpMailer> smtp{};
    std::unique_ptr<ses::SesMailer> ses{};

    Mailer& mailer() const;
};

/// `worker`, `clock` and `cloud` outlive it.
MailRoom make_mail_room(const Config& config, Worker& worker, const Clock& clock, Cloud& cloud);

}  // namespace imagify
