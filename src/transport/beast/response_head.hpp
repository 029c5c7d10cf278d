#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "transport/beast/head_parser.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// The value of the Date header, made once a second. Used by one thread.
class DateHeader {
public:
    /// RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT"; valid until the next call.
    std::string_view at(std::time_t now);

private:
    std::time_t second_ = -1;
    std::string text_;
};

/// How a response's body travels.
struct Delivery {
    enum class Body { None, Sized, Chunked, UntilClose };
    Body body = Body::Sized;
    std::uint64_t size_bytes = 0;
    bool close = false;
    /// The customer's side is TLS: the answer asks the browser to keep it so (RFC 6797).
    bool secure = false;
};

/// Appends the status line and all fields, up to and including the empty line. Framing, Connection
/// and Date are ours alone. A field that could end the head early is left out: false then.
bool append_head(std::string& out, const Response& response, const Delivery& delivery,
                 std::string_view date);

/// The reason phrase of a status.
std::string_view reason_of(unsigned status);

/// The problem document (RFC 9457) of a request that reached no route.
Response problem_response(const Refusal& refusal, std::string_view request_id);

}  // namespace imagify::http
