#pragma once

#include <sys/types.h>

#include <boost/json/object.hpp>
#include <string>

#include "adapters/smtp/smtp_mailer.hpp"
#include "support/temp_folder.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {

/// mail_server.py as a process of its own, with a fresh certificate for 127.0.0.1.
class MailServer {
public:
    MailServer();
    ~MailServer();
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;

    /// Whether it runs; else the tests cannot.
    bool is_up() const { return !ports_.empty(); }
    /// The address of one of its ports ("plain", "starttls", "tls", "login") and who may enter.
    SmtpServer address(const std::string& kind) const;
    /// Trusts the server's certificate.
    const std::string& ca_file() const { return ca_file_; }
    /// The letter with that id as the server read it, or an empty object.
    boost::json::object letter(const std::string& id) const;

private:
    TempFolder folder_;
    std::string ca_file_;
    boost::json::object ports_;
    pid_t process_ = -1;
    int input_ = -1;
};

}  // namespace imagify::testing
