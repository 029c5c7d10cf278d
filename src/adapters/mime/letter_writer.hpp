#pragma once

#include <string>

#include "adapters/mime/mailbox.hpp"
#include "base/clock.hpp"
#include "ports/mailer.hpp"

namespace imagify {

/// The letter as an Internet message (RFC 5322, MIME): text and HTML as alternatives, in base64, so
/// that every line is short ASCII ended by CRLF whatever was written. `letter.to` and `letter.id`
/// hold nothing but what their types promise.
std::string write_letter(const Letter& letter, const Mailbox& from, TimePoint date);

}  // namespace imagify
