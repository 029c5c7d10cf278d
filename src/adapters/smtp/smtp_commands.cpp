#include "adapters/smtp/smtp_commands.hpp"

#include <algorithm>

#include "adapters/mime/encoded_text.hpp"

namespace imagify {
namespace {

std::string upper(std::string_view text) {
    std::string words(text);
    std::ranges::transform(words, words.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return words;
}

std::string one_line_base64(std::string_view bytes) {
    auto text = base64_lines(bytes);
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    return text;
}

}  // namespace

SmtpOffer read_offer(const SmtpReply& reply) {
    SmtpOffer offer;
    for (std::size_t i = 1; i < reply.lines.size(); ++i) {  // The first line greets.
        const auto line = upper(reply.lines[i]) + " ";
        if (line.starts_with("STARTTLS ")) offer.starttls = true;
        if (!line.starts_with("AUTH ") && !line.starts_with("AUTH=")) continue;
        const auto mechanisms = " " + line.substr(5);
        offer.auth_plain = offer.auth_plain || mechanisms.contains(" PLAIN ");
        offer.auth_login = offer.auth_login || mechanisms.contains(" LOGIN ");
    }
    return offer;
}

std::string dot_stuffed(std::string_view message) {
    std::string stuffed;
    stuffed.reserve(message.size() + 64);
    bool at_start = true;
    for (const char c : message) {
        if (at_start && c == '.') stuffed += '.';
        stuffed += c;
        at_start = c == '\n';
    }
    return stuffed + ".\r\n";
}

std::string auth_plain_word(std::string_view user, const Secret& password) {
    std::string words(1, '\0');
    words.append(user).push_back('\0');
    return one_line_base64(words + password.reveal());
}

std::string auth_login_word(std::string_view text) { return one_line_base64(text); }

}  // namespace imagify
