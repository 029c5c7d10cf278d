#pragma once

#include <string>

#include "adapters/aws/service_client.hpp"
#include "adapters/mime/mailbox.hpp"
#include "ports/mailer.hpp"

namespace imagify::ses {

/// Who sends, and from where.
struct SesSettings {
    Mailbox from;
    std::string region;
    /// Of an emulator. Empty: AWS.
    std::string endpoint{};
    /// The SES configuration set; empty: none.
    std::string configuration_set{};
};

/// Hands letters to Amazon SES (API v2, SendEmail with the whole message).
class SesMailer final : public Mailer {
public:
    SesMailer(SesSettings settings, aws::ServiceClient::Parts parts);

    /// Invalid: SES refuses this letter or its recipient. What is wrong with our own set-up (sender
    /// not verified, account paused, quota, permission) is Unavailable: the letter waits until it
    /// is mended.
    Task<Result<void>> send(Letter letter) override;

    /// That we may send at all. Errors: Unavailable `mail.unavailable`, with what to do.
    Task<Result<void>> check();

private:
    SesSettings settings_;
    aws::ServiceClient client_;
    Clock& clock_;
};

}  // namespace imagify::ses
