#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace imagify {

/// With its CRLF. RFC 5321, 4.5.3.1.5 allows 512; twice as much is still harmless.
inline constexpr std::size_t kSmtpReplyLineMaxBytes = 1024;
inline constexpr std::size_t kSmtpReplyMaxLines = 100;

/// What the server says to a command.
struct SmtpReply {
    /// 200 to 599.
    int code = 0;
    /// The text of each line, without the code.
    std::vector<std::string> lines;

    bool is_positive() const { return code < 400; }
    bool is_permanent() const { return code >= 500; }

    /// Code and text for a log: printable, short, without mail addresses.
    std::string for_log() const;
};

/// Takes replies off a stream of bytes. Used by one coroutine.
class SmtpReplyReader {
public:
    enum class State { NeedMore, Done, Malformed };

    /// Takes bytes as they come.
    void add(std::string_view bytes) { buffer_ += bytes; }

    /// Done: `reply` is the next one. Malformed, for ever: too long, too many lines, no reply.
    State next(SmtpReply& reply);

    /// True when bytes wait that belong to no reply that was taken.
    bool has_rest() const { return !buffer_.empty(); }

private:
    State take_line(std::string_view line);

    std::string buffer_;
    SmtpReply partial_;
    bool malformed_ = false;
};

}  // namespace imagify
