#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace imagify::vnpay {

/// yyyyMMddHHmmss in GMT+7, VNPAY's only time zone. By arithmetic: Vietnam has no daylight saving,
/// and a zone name depends on the machine (and `Etc/GMT+7` means UTC-7). Cuts off milliseconds.
/// `time` lies in the years 0 to 9999.
std::string format_gateway_time(TimePoint time);

/// The inverse; nothing unless `text` is 14 digits of a moment that exists.
std::optional<TimePoint> parse_gateway_time(std::string_view text);

}  // namespace imagify::vnpay
