#include "adapters/smtp/smtp_reply.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace imagify {
namespace {

constexpr std::size_t kLogMaxBytes = 200;
constexpr std::size_t kCodeDigits = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string SmtpReply::for_log() const {
    std::string text = std::to_string(code);
    for (const auto& line : lines) {
        std::string word;
        for (const char c : line + " ") {
            if (c != ' ') {
                word += c >= 0x20 && c < 0x7F ? c : '?';
                continue;
            }
            // Servers repeat the recipient; logs do not.
            if (!word.empty()) text += " " + (word.contains('@') ? "<address>" : word);
            word.clear();
        }
    }
    if (text.size() > kLogMaxBytes) text.resize(kLogMaxBytes);
    return text;
}

SmtpReplyReader::State SmtpReplyReader::next(SmtpReply& reply) {
    while (!malformed_) {
        const auto end = buffer_.find('\n');
        const auto length = end == std::string::npos ? buffer_.size() : end + 1;
        malformed_ = length > kSmtpReplyLineMaxBytes;
        if (malformed_) break;
        if (end == std::string::npos) return State::NeedMore;
        const auto state = take_line(std::string_view(buffer_).substr(0, length));
        malformed_ = state == State::Malformed;
        buffer_.erase(0, length);
        if (state != State::Done) continue;
        reply = std::exchange(partial_, {});
        return State::Done;
    }
    return State::Malformed;
}

// "250-text" CRLF has more lines after it, "250 text" CRLF and "250" CRLF have none.
SmtpReplyReader::State SmtpReplyReader::take_line(std::string_view line) {
    if (!line.ends_with("\r\n")) return State::Malformed;
    line.remove_suffix(2);
    if (line.size() < kCodeDigits || !std::ranges::all_of(line.substr(0, kCodeDigits), is_digit)) {
        return State::Malformed;
    }
    int code = 0;
    std::from_chars(line.data(), line.data() + kCodeDigits, code);
    const char mark = line.size() > kCodeDigits ? line[kCodeDigits] : ' ';
    if (code < 200 || code > 599 || (mark != ' ' && mark != '-')) return State::Malformed;
    if (!partial_.lines.empty() && partial_.code != code) return State::Malformed;
    if (partial_.lines.size() == kSmtpReplyMaxLines) return State::Malformed;
    partial_.code = code;
    partial_.lines.emplace_back(line.substr(std::min(line.size(), kCodeDigits + 1)));
    return mark == '-' ? State::NeedMore : State::Done;
}

}  // namespace imagify
