#include "domain/receipt.hpp"

#include <algorithm>
#include <cassert>
#include <cstdio>

namespace imagify {
namespace {

constexpr std::chrono::hours kVietnam{7};  // No daylight saving since 1975.
constexpr std::size_t kTail = 10;

}  // namespace

std::string receipt_number(const Order& order) {
    assert(order.paid_at);
    const std::chrono::year_month_day day(
        std::chrono::floor<std::chrono::days>(*order.paid_at + kVietnam));
    char date[16];
    std::snprintf(date, sizeof date, "%04d%02u%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    const auto& id = order.id.text();
    const auto tail = id.substr(id.size() - std::min(id.size(), kTail));
    return std::string("IMG-") + date + "-" + tail;
}

}  // namespace imagify
