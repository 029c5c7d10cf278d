#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace imagify {

inline constexpr std::size_t kSmtpUrlMaxBytes = 1024;
/// Of the user and of the password, decoded. RFC 4616 has no limit; 255 fit into every server.
inline constexpr std::size_t kSmtpCredentialMaxBytes = 255;

/// When TLS begins.
enum class SmtpTls {
    Implicit,  ///< smtps: with the connection.
    StartTls,  ///< smtp: after STARTTLS.
};

/// The server that carries our letters.
struct SmtpServer {
    SmtpTls tls = SmtpTls::StartTls;
    /// Name or IP address, without brackets.
    std::string host;
    std::uint16_t port = 0;
    /// Both empty when the server wants none.
    std::string user;
    Secret password{};

    /// This machine: nobody is in between.
    bool is_loopback() const;
};

/// Reads "smtp://user:password@host:port" or "smtps://..."; user and password are percent-encoded.
/// Ports unless named: 587 and 465. Errors: Invalid `smtp.bad_url`, with a detail that says what is
/// wrong and holds nothing of the text.
Result<SmtpServer> parse_smtp_url(std::string_view text);

}  // namespace imagify
