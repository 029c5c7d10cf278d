#pragma once

#include <string>
#include <string_view>

#include "adapters/smtp/smtp_reply.hpp"
#include "base/secret.hpp"

namespace imagify {

/// What a server offers, from its reply to EHLO.
struct SmtpOffer {
    bool starttls = false;
    bool auth_plain = false;
    bool auth_login = false;
};

/// Reads the reply to EHLO; the words of extensions are known in any case.
SmtpOffer read_offer(const SmtpReply& reply);

/// A message as it is sent after DATA: lines that start with '.' get another one, the end is marked
/// (RFC 5321, 4.5.2). Every line of `message` ends with CRLF.
std::string dot_stuffed(std::string_view message);

/// The words of AUTH PLAIN (RFC 4616) and of AUTH LOGIN, in base64.
std::string auth_plain_word(std::string_view user, const Secret& password);
std::string auth_login_word(std::string_view text);

}  // namespace imagify
