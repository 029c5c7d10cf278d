#pragma once

#include <string>

#include "adapters/http_client/outbound_url.hpp"
#include "ports/http_client.hpp"

namespace imagify {

/// Request line and headers as they are sent. Host and Content-Length are ours to set.
/// Errors: Internal `upstream.bad_request` for anything that could split the request in two.
Result<std::string> make_head(const OutboundRequest& request, const OutboundUrl& url);

}  // namespace imagify
