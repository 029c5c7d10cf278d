#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/account_link.hpp"
#include "ports/mail_outbox.hpp"
#include "ports/mailer.hpp"

namespace imagify {

/// Who writes, and where readers go.
struct LetterHead {
    /// Names the product in subjects and texts.
    std::string product;
    /// Without a '/' at the end.
    std::string public_url;
};

/// The purpose of the single-use link that a kind of letter brings, if it brings one.
std::optional<LinkPurpose> link_purpose(MailKind kind);

/// The letter as its reader sees it, in the reader's language, as text and as HTML. The secret of a
/// link is after '#', which no browser sends to a server: no access log ever has it. The reader's
/// name was typed by whoever signed up, perhaps with somebody else's address: one that could carry
/// an advertisement or a link is left out, and no name is in a subject.
Letter compose_letter(const OutboxMail& mail, std::string_view link_text, const LetterHead& head);

}  // namespace imagify
