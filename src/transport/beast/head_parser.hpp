#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "transport/http/message.hpp"

namespace imagify::http {

/// Why a request never reaches the service. All texts are static.
struct Refusal {
    unsigned status;
    /// Stable and public, e.g. "request.too_large".
    std::string_view code;
    std::string_view detail;
};

/// What one request may be. Each is the largest value that is still taken.
struct RequestLimits {
    /// Request line and fields with their line ends and the empty line.
    std::size_t head_bytes = std::size_t{16} * 1024;
    std::size_t fields = 100;
    std::size_t target_bytes = std::size_t{8} * 1024;
    std::uint64_t body_bytes = std::uint64_t{64} * 1024;
};

/// How the message ends and what its connection may do afterwards.
struct Framing {
    bool chunked = false;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
    /// HTTP/1.0 clients do not know chunks.
    bool http_1_0 = false;
};

/// Reads a whole head (up to and including its empty line) into method, path, query and headers.
///
/// One reading of the message or none (RFC 9112, 11.2): line ends are CRLF; no folded lines, no
/// space before ':', no control characters; one Host that is a plain authority; a body is framed by
/// one decimal Content-Length or by exactly "chunked", never by both. An absolute target must name
/// the Host. Boost.Beast 1.81 takes folded lines, repeated lengths and unknown transfer codings.
std::expected<Framing, Refusal> parse_head(std::string_view head, const RequestLimits& limits,
                                           Request& request);

/// Looks at a head whose end has not come yet: a reason to stop waiting for it, if there is one.
std::optional<Refusal> refuse_early(std::string_view part, const RequestLimits& limits);

/// True when `line` (without its CRLF) is a well-formed field.
bool is_field_line(std::string_view line);

/// Equality without regard to ASCII case.
bool same_text(std::string_view a, std::string_view b);

/// `text` without spaces and tabs around it.
std::string_view trimmed(std::string_view text);

}  // namespace imagify::http
