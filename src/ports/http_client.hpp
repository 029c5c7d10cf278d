#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "ports/byte_sink.hpp"

namespace imagify {

/// One request to another server.
struct OutboundRequest {
    std::string method = "GET";
    /// http or https, absolute, without user info.
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    /// Ends the whole exchange: connect, TLS, send, receive.
    std::chrono::steady_clock::time_point deadline{};
    /// More body than this is TooLarge.
    std::size_t body_limit_bytes = std::size_t{1} * 1024 * 1024;
};

/// The status line and headers of an answer. Names are in lower case.
struct OutboundAnswer {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers{};
    /// The body, unless it was streamed into a sink.
    std::string body{};
};

/// Talks HTTP/1.1 to other servers. Never follows a redirect; verifies TLS certificates and host
/// names; refuses answers with heads over 16 KiB. Safe from several coroutines at once; outlives
/// every Task it returns.
class HttpClient {
public:
    virtual ~HttpClient() = default;

    /// Errors: Unavailable `upstream.unreachable` (nothing was sent) or `upstream.no_answer` (no
    /// byte was answered); BadUpstream `upstream.bad_answer` (malformed, cut off); Timeout
    /// `upstream.timeout`; TooLarge `upstream.too_large`.
    virtual Task<Result<OutboundAnswer>> send(OutboundRequest request) = 0;

    /// Like `send`, but the body of a 2xx answer goes into `sink`, piece by piece as it arrives;
    /// other bodies stay in the answer (at most 64 KiB of them). A body slower than 1 KiB/s for 10
    /// s is a Timeout. `sink` outlives the Task.
    virtual Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) = 0;
};

}  // namespace imagify
