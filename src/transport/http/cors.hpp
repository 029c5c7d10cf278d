#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "transport/http/message.hpp"

namespace imagify::http {

/// True for an origin as browsers write it (RFC 6454, 6.2): scheme http or https, host in small
/// letters, perhaps a port that is not the scheme's own; nothing after it.
bool is_origin(std::string_view text);

/// Which pages of other origins may call the API (the Fetch standard's CORS protocol). An origin is
/// allowed when it is on the list as a whole: scheme, host and port. "null" and "*" never are.
class CorsPolicy {
public:
    /// Nobody.
    CorsPolicy() = default;
    /// Each one `is_origin`.
    explicit CorsPolicy(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

    bool allows(std::string_view origin) const;

    /// True for the question that a browser asks before a request that a form could not send.
    static bool is_preflight(const Request& request);

    /// The answer to the question of an allowed origin, still to be marked; `methods` are those of
    /// the path.
    static Response answer_preflight(const std::string& methods);

    /// Lets the page that asked read the answer, if it may. `origin` is what the request said.
    void mark(Response& response, std::string_view origin) const;

private:
    std::vector<std::string> allowed_;
};

}  // namespace imagify::http
