#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"

namespace imagify::aws {

/// "Mon, 23 Nov 2026 21:00:00 GMT" (RFC 9110, 5.6.7: the form that servers send), or nothing.
std::optional<TimePoint> parse_http_date(std::string_view text);

/// "2026-11-23T21:00:00Z" with or without a fraction of a second, or nothing.
std::optional<TimePoint> parse_utc_time(std::string_view text);

}  // namespace imagify::aws
