#include "usecases/compose_letter.hpp"

#include <algorithm>
#include <utility>

#include "base/html.hpp"
#include "base/utf8.hpp"
#include "usecases/letter_words.hpp"

namespace imagify {
namespace {

constexpr std::size_t kGreetedNameMaxCodePoints = 40;

constexpr std::string_view kHtml = R"(<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:24px 16px;font-family:Arial,'Helvetica Neue',sans-serif;)"
                                   R"(font-size:16px;line-height:1.5">
<div style="max-width:32em;margin:0 auto">
<p style="margin:0 0 24px;font-size:20px;font-weight:bold">{product}</p>
<p style="margin:0 0 16px">{greeting}</p>
<p style="margin:0 0 24px">{lead}</p>
<p style="margin:0 0 24px"><a href="{link}" style="display:inline-block;padding:12px 24px;)"
                                   R"(border-radius:8px;background-color:#0a5aa8;color:#ffffff;)"
                                   R"(font-weight:bold;text-decoration:none">{button}</a></p>
{&life}<p style="margin:0 0 24px">{not_you}</p>
<p style="margin:0 0 4px;font-size:14px">{raw_link}</p>
<p style="margin:0 0 24px;font-size:14px;word-break:break-all">{link}</p>
<p style="margin:0;font-size:13px">{sent_by}</p>
</div>
</body>
</html>
)";

constexpr std::string_view kHtmlLife = R"(<p style="margin:0 0 16px">{life}</p>
)";

constexpr std::string_view kText = R"({&greeting}

{&lead}

{&button}:
{&link}

{&life}{&not_you}

--
{&sent_by}
)";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Settings may hold anything; a line of text is one line.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(line, is_control, ' ');
    return line;
}

// Invisible or direction-changing characters, in UTF-8: U+200B to U+200F, U+2028 to U+202E, U+2066
// to U+2069, U+0080 to U+009F.
bool has_tricks(std::string_view name) {
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        const auto at = [&](std::size_t k) {
            return i + k < name.size() ? static_cast<unsigned char>(name[i + k]) : 0U;
        };
        if (at(0) == 0xC2 && at(1) < 0xA0) return true;
        if (at(0) != 0xE2) continue;
        if (at(1) == 0x80 && ((at(2) >= 0x8B && at(2) <= 0x8F) || (at(2) >= 0xA8 && at(2) <= 0xAE)))
            return true;
        if (at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9) return true;
    }
    return false;
}

// "Dr. An" is a name, "win.example" is not.
bool has_domain(std::string_view name) {
    for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
        if (dot + 1 < name.size() && name[dot + 1] != ' ') return true;
    }
    return false;
}

bool may_greet(std::string_view name) {
    const auto length = count_code_points(name);
    return length && *length > 0 && *length <= kGreetedNameMaxCodePoints &&
           std::ranges::none_of(name, is_control) && !has_tricks(name) && !has_domain(name) &&
           name.find_first_of("/:@\\#!?$%<>{}[]") == std::string_view::npos;
}

std::string link_of(const OutboxMail& mail, std::string_view link_text, const LetterHead& head) {
    switch (mail.kind) {  // No default: a new kind must fail to compile here.
        case MailKind::VerifyEmail:
        case MailKind::ChangeEmail:
            return head.public_url + "/verify-email#" + std::string(link_text);
        case MailKind::ResetPassword:
            return head.public_url + "/reset-password#" + std::string(link_text);
        case MailKind::EmailInUse: return head.public_url + "/login";
        case MailKind::PasswordChanged: return head.public_url + "/forgot-password";
        case MailKind::MfaEnabled:
        case MailKind::MfaDisabled: return head.public_url + "/account";
        case MailKind::EmailChanged:
        case MailKind::AccountDeleted: return head.public_url + "/";
    }
    std::unreachable();
}

std::string_view life_of(MailKind kind, const FrameWords& frame) {
    const auto purpose = link_purpose(kind);
    if (!purpose) return "";
    return lifetime(*purpose) > std::chrono::hours(1) ? frame.link_life_day : frame.link_life_hour;
}

}  // namespace

std::optional<LinkPurpose> link_purpose(MailKind kind) {
    switch (kind) {  // No default: a new kind must fail to compile here.
        case MailKind::VerifyEmail: return LinkPurpose::VerifyEmail;
        case MailKind::ResetPassword: return LinkPurpose::ResetPassword;
        case MailKind::ChangeEmail: return LinkPurpose::ChangeEmail;
        case MailKind::EmailInUse:
        case MailKind::EmailChanged:
        case MailKind::PasswordChanged:
        case MailKind::MfaEnabled:
        case MailKind::MfaDisabled:
        case MailKind::AccountDeleted: return std::nullopt;
    }
    std::unreachable();
}

Letter compose_letter(const OutboxMail& mail, std::string_view link_text, const LetterHead& head) {
    const auto& words = words_of(mail.kind, mail.locale);
    const auto& frame = frame_words(mail.locale);
    const auto product = one_line(head.product);
    const auto say = [&product](std::string_view pattern) {
        return fill(pattern, {{"product", product}});
    };
    const auto greeting = may_greet(mail.name) ? std::string(frame.hello_to) + mail.name + ","
                                               : std::string(frame.hello);
    const auto subject = say(words.subject);
    const auto lead = say(words.lead);
    const auto link = link_of(mail, link_text, head);
    const auto button = say(words.button);
    const auto not_you = say(words.not_you);
    const auto sent_by = say(frame.sent_by);
    const auto life = life_of(mail.kind, frame);
    const auto text_life = life.empty() ? std::string() : std::string(life) + "\n";
    const auto html_life = life.empty() ? std::string() : fill(kHtmlLife, {{"life", life}});
    Letter letter{.id = mail.id, .to = mail.to, .subject = subject, .text = {}, .html = {}};
    letter.text = fill(kText, {{"greeting", greeting},
                               {"lead", lead},
                               {"link", link},
                               {"button", button},
                               {"life", text_life},
                               {"not_you", not_you},
                               {"sent_by", sent_by}});
    letter.html = fill(kHtml, {{"language", frame.language},
                               {"subject", subject},
                               {"product", product},
                               {"greeting", greeting},
                               {"lead", lead},
                               {"link", link},
                               {"button", button},
                               {"life", html_life},
                               {"not_you", not_you},
                               {"raw_link", frame.raw_link},
                               {"sent_by", sent_by}});
    return letter;
}

}  // namespace imagify
