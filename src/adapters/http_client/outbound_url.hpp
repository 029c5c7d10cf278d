#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace imagify {

/// Where a request goes.
struct OutboundUrl {
    bool tls = false;
    /// Name or IP address, without brackets.
    std::string host;
    std::uint16_t port = 0;
    /// Host, with the port where it is not the scheme's own: the Host header.
    std::string authority;
    /// Path and query.
    std::string target;
};

/// Takes absolute http and https URLs. Errors: Internal `upstream.bad_request`.
Result<OutboundUrl> parse_outbound_url(std::string_view url);

}  // namespace imagify
