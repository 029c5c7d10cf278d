#include "adapters/mime/letter_writer.hpp"

#include <array>
#include <chrono>

#include "adapters/mime/encoded_text.hpp"

namespace imagify {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// RFC 5322, 3.3, in UTC.
std::string date_text(TimePoint time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::string text(kDays.at(std::chrono::weekday(day).c_encoding()));
    text += ", " + two_digits(static_cast<unsigned>(date.day())) + " ";
    text += kMonths.at(static_cast<unsigned>(date.month()) - 1);
    text += " " + std::to_string(static_cast<int>(date.year())) + " ";
    text += two_digits(clock.hours().count()) + ":" + two_digits(clock.minutes().count()) + ":";
    return text + two_digits(clock.seconds().count()) + " +0000";
}

std::string from_text(const Mailbox& from) {
    if (from.name.empty()) return from.address;
    auto name = encode_header_text(from.name);
    if (!name.starts_with("=?")) {
        std::string quoted = "\"";
        for (const char c : name) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        name = quoted + '"';
    }
    return name + (name.contains("\r\n") ? "\r\n <" : " <") + from.address + ">";
}

// The form of text in MIME: every line ends with CRLF (RFC 2046, 4.1.1).
std::string with_crlf(std::string_view text) {
    std::string lines;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (is_pair) continue;
        if (text[i] == '\n') lines += '\r';
        lines += text[i];
    }
    return lines;
}

std::string part(std::string_view type, std::string_view text) {
    return "Content-Type: " + std::string(type) +
           "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           base64_lines(with_crlf(text));
}

}  // namespace

std::string write_letter(const Letter& letter, const Mailbox& from, TimePoint date) {
    // "=_" is in no base64: no part can hold it.
    const auto boundary = "=_" + letter.id.text();
    std::string message = "From: " + from_text(from) + "\r\nTo: " + letter.to +
                          "\r\nSubject: " + encode_header_text(letter.subject) +
                          "\r\nDate: " + date_text(date) + "\r\nMessage-ID: <" + letter.id.text() +
                          "@" + std::string(from.domain()) +
                          ">\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
                          "Content-Type: multipart/alternative; boundary=\"" +
                          boundary + "\"\r\n\r\n";
    message += "--" + boundary + "\r\n" + part("text/plain", letter.text);
    message += "--" + boundary + "\r\n" + part("text/html", letter.html);
    return message + "--" + boundary + "--\r\n";
}

}  // namespace imagify
