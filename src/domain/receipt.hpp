#pragma once

#include <string>

#include "domain/order.hpp"

namespace imagify {

/// The number on a paid order's receipt: "IMG-", the day of payment in Vietnam (GMT+7), and the
/// last ten characters of the order's id, which make it unique. The order was paid.
std::string receipt_number(const Order& order);

}  // namespace imagify
