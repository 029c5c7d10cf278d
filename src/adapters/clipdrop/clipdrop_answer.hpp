#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "ports/http_client.hpp"

namespace imagify {

/// The value of a header, or nothing. `name` is in lower case.
std::optional<std::string_view> find_header(const OutboundAnswer& answer, std::string_view name);

/// A header that holds a plain decimal number of at least zero.
std::optional<double> decimal_header(const OutboundAnswer& answer, std::string_view name);

/// Retry-After in either of its forms (RFC 9110, 10.2.3), from zero to an hour.
std::optional<std::chrono::seconds> retry_after(const OutboundAnswer& answer, TimePoint now);

/// ClipDrop's refusal in our terms: the one table of its status codes. What ClipDrop says about it
/// goes into the detail, unless it repeats the key or the prompt.
Error normalize(const OutboundAnswer& answer, TimePoint now, const Secret& api_key,
                std::string_view prompt);

/// A failure of the exchange itself, in a painter's terms.
Error normalize(const Error& error);

}  // namespace imagify
