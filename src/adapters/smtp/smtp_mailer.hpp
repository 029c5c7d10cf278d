#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "adapters/mime/mailbox.hpp"
#include "adapters/smtp/smtp_url.hpp"
#include "base/clock.hpp"
#include "ports/mailer.hpp"

namespace imagify {

struct SmtpSettings {
    SmtpServer server;
    Mailbox from;
    /// PEM file with the authorities to trust. Empty: those of the system.
    std::string ca_file{};
    /// Look-up, connection and TLS.
    std::chrono::milliseconds connect_limit = std::chrono::seconds(10);
    /// A command and its reply.
    std::chrono::milliseconds reply_limit = std::chrono::seconds(30);
    /// Everything for one letter.
    std::chrono::milliseconds whole_limit = std::chrono::seconds(60);
};

/// Hands letters to an SMTP server (RFC 5321, 6409), one connection for each. The server proves who
/// it is before it is told anything; only on this machine, and only when no `ca_file` is set, TLS
/// is used as offered and unchecked, since plain text would do there. Details name the host and the
/// step, never a password or an address.
class SmtpMailer final : public Mailer {
public:
    SmtpMailer(SmtpSettings settings, const Clock& clock);
    ~SmtpMailer() override;

    /// Invalid: the server refuses this recipient or this letter (5xx to RCPT or DATA). What is
    /// wrong with our own set-up (log-in, sender) is Unavailable: the letter waits until it is
    /// mended.
    Task<Result<void>> send(Letter letter) override;

    /// Connects, logs in and leaves. Errors: Unavailable or Timeout `mail.unavailable`.
    Task<Result<void>> check();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace imagify
