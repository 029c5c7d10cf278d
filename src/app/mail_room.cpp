#include "app/mail_room.hpp"

namespace imagify {

Mailer& MailRoom::mailer() const {
    if (smtp) return *smtp;
    if (ses) return *ses;
    return *folder;
}

MailRoom make_mail_room(const Config& config, Worker& worker, const Clock& clock, Cloud& cloud) {
    MailRoom room;
    if (config.mail == MailWay::Smtp) {
        room.smtp = std::make_unique<SmtpMailer>(
            SmtpSettings{
                .server = config.smtp, .from = config.mail_from, .ca_file = config.smtp_ca_file},
            clock);
    } else if (config.mail == MailWay::Ses) {
        room.ses = cloud.make_mailer();
    } else {
        room.folder =
            std::make_unique<OutboxFolder>(OutboxFolder::Parts{.folder = config.data / "mail",
                                                               .from = config.mail_from,
                                                               .worker = worker,
                                                               .clock = clock});
    }
    return room;
}

}  // namespace imagify
