#pragma once

#include <string>

#include "base/clock.hpp"
#include "domain/money.hpp"

namespace imagify::sandbox {

/// "250.000 ₫" or "250,000 VND".
std::string money_text(Vnd amount, bool english);

/// "10:19:05 15/01/2026", in GMT+7.
std::string time_text(TimePoint time);

}  // namespace imagify::sandbox
