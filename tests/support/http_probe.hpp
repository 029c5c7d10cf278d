#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imagify::testing {

/// A response as it came over the wire.
struct Reply {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    /// Without the framing of chunks.
    std::string body;
    /// False when the connection ended before the body did.
    bool complete = false;

    /// The first value of a header, or an empty view.
    std::string_view header(std::string_view name) const;
};

/// A small blocking HTTP client that sends exactly the bytes it is told to: the tests decide what
/// is on the wire. Every wait ends after `timeout`. One thread.
class HttpProbe {
public:
    enum class Expect { Body, HeadOnly };

    /// Connects to 127.0.0.1:port; see `connected`.
    explicit HttpProbe(std::uint16_t port,
                       std::chrono::milliseconds timeout = std::chrono::seconds(10));
    virtual ~HttpProbe();
    HttpProbe(const HttpProbe&) = delete;
    HttpProbe& operator=(const HttpProbe&) = delete;

    bool connected() const { return socket_ >= 0; }
    /// False when the connection broke before everything was sent.
    virtual bool send(std::string_view bytes);
    /// No more bytes will be sent; reading goes on.
    void finish_sending() const;
    /// The next response, interim ones (1xx) included. Nothing when the connection ended before its
    /// head did, or the time was over.
    std::optional<Reply> read_reply(Expect expect = Expect::Body);
    /// Everything up to the end of the connection or of the time.
    std::string read_all();
    /// True when the connection ends in order, without a reset and without another byte.
    virtual bool ends();
    /// True when a byte or the end of the connection comes within `patience`.
    virtual bool readable_within(std::chrono::milliseconds patience) const;
    /// send + read_reply.
    std::optional<Reply> ask(std::string_view bytes, Expect expect = Expect::Body);

protected:
    /// What has come, at most `space`; 0 or less at the end.
    virtual long receive(std::span<char> space);
    int socket() const { return socket_; }
    std::chrono::milliseconds timeout() const { return timeout_; }

private:
    /// Reads more into `buffer_`; false at the end or after the time-out.
    bool fill();
    bool read_chunks(std::string& body);

    int socket_ = -1;
    std::chrono::milliseconds timeout_;
    std::string buffer_;
};

}  // namespace imagify::testing
