#include "adapters/mime/letter_reader.hpp"

#include <string>

#include "adapters/mime/encoded_text.hpp"

namespace imagify {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kBlankLine = "\r\n\r\n";

// The value of a header with its lines joined, or nothing. `lines` starts with a line end.
std::optional<std::string> header(std::string_view lines, std::string_view name) {
    const auto wanted = std::string(kLineEnd) + std::string(name) + ": ";
    const auto start = lines.find(wanted);
    if (start == std::string_view::npos) return std::nullopt;
    lines.remove_prefix(start + wanted.size());
    std::string value;
    for (;;) {
        const auto end = lines.find(kLineEnd);
        value += lines.substr(0, end);
        if (end == std::string_view::npos) return value;
        lines.remove_prefix(end + kLineEnd.size());
        if (!lines.starts_with(' ')) return value;
    }
}

// Takes the text between two delimiters off the front.
std::optional<std::string_view> take_part(std::string_view& body, const std::string& delimiter) {
    if (!body.starts_with(delimiter + "\r\n")) return std::nullopt;
    body.remove_prefix(delimiter.size() + 2);
    const auto end = body.find(delimiter);
    if (end == std::string_view::npos) return std::nullopt;
    const auto part = body.substr(0, end);
    body.remove_prefix(end);
    return part;
}

std::optional<std::string> text_of(std::string_view part) {
    const auto start = part.find(kBlankLine);
    if (start == std::string_view::npos) return std::nullopt;
    auto text = decode_base64(part.substr(start + kBlankLine.size()));
    if (text) std::erase(*text, '\r');
    return text;
}

}  // namespace

std::optional<Letter> read_letter(std::string_view message) {
    const auto head_end = message.find(kBlankLine);
    if (head_end == std::string_view::npos) return std::nullopt;
    const auto head = std::string(kLineEnd) + std::string(message.substr(0, head_end));
    auto body = message.substr(head_end + kBlankLine.size());
    const auto to = header(head, "To");
    const auto subject = header(head, "Subject");
    const auto message_id = header(head, "Message-ID");
    if (!to || !subject || !message_id || !message_id->starts_with('<')) return std::nullopt;
    const auto id = message_id->substr(1, message_id->find('@') - 1);
    const auto text_part = take_part(body, "--=_" + id);
    if (!text_part) return std::nullopt;
    const auto html_part = take_part(body, "--=_" + id);
    if (!html_part) return std::nullopt;
    auto plain_subject = decode_header_text(*subject);
    auto text = text_of(*text_part);
    auto html = text_of(*html_part);
    if (!plain_subject || !text || !html) return std::nullopt;
    return Letter{.id = MailId(id),
                  .to = *to,
                  .subject = std::move(*plain_subject),
                  .text = std::move(*text),
                  .html = std::move(*html)};
}

}  // namespace imagify
