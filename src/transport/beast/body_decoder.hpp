#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "transport/beast/head_parser.hpp"

namespace imagify::http {

/// Takes a request's body off the wire: by Content-Length or by chunks (RFC 9112, 6 and 7.1).
class BodyDecoder {
public:
    enum class Progress { NeedMore, Done, Refused };

    BodyDecoder() = default;
    BodyDecoder(const Framing& framing, std::uint64_t limit_bytes);

    /// Consumes what it can from the front of `unread` and appends content to `body`. The bytes
    /// that are left must stand at the front of the next call's `unread`.
    Progress feed(std::string_view& unread, std::string& body);

    /// Why, after Refused.
    const Refusal& refusal() const { return refusal_; }

    /// True when nothing of the body has arrived yet.
    bool untouched() const { return untouched_; }

private:
    enum class Part { Plain, Size, Data, DataEnd, Trailer, Done };

    Progress refuse(Refusal refusal);
    Progress malformed(std::string_view detail);
    /// One step of the chunked coding; NeedMore when it is stuck, Done when there is a next step.
    Progress step(std::string_view& unread, std::string& body);
    Progress take_size(std::string_view line, std::size_t body_bytes);
    Progress take_trailer(std::string_view line);
    /// Moves a whole line without its CRLF from `unread` to `line`.
    Progress take_line(std::string_view& unread, std::string_view& line);

    Part part_ = Part::Done;
    bool untouched_ = true;
    std::uint64_t limit_bytes_ = 0;
    std::uint64_t left_bytes_ = 0;
    std::uint64_t overhead_bytes_ = 0;
    Refusal refusal_{};
};

}  // namespace imagify::http
