#include "sandbox/display.hpp"

#include <cstddef>

#include "adapters/vnpay/gateway_time.hpp"

namespace imagify::sandbox {

std::string money_text(Vnd amount, bool english) {
    std::string digits = std::to_string(amount.amount);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, english ? ',' : '.');
    }
    return digits + (english ? " VND" : " ₫");
}

std::string time_text(TimePoint time) {
    const auto t = vnpay::format_gateway_time(time);
    return t.substr(8, 2) + ":" + t.substr(10, 2) + ":" + t.substr(12, 2) + " " + t.substr(6, 2) +
           "/" + t.substr(4, 2) + "/" + t.substr(0, 4);
}

}  // namespace imagify::sandbox
