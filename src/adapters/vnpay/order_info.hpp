#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/order.hpp"
#include "ports/payment_gateway.hpp"

namespace imagify::vnpay {

/// Only what VNPAY allows in vnp_OrderInfo: no diacritics, no special characters, 255 at most.
std::string plain_text(std::string text);

/// vnp_OrderInfo of an order: "Imagify 100 credits IMG1 <user id> <plan> <credits>". VNPAY
/// signs it in every message about the payment, so that an order which a restored backup does not
/// know can be made again from it.
std::string order_info(const Order& order);

/// What `order_info` wrote; nothing when the text is not ours.
std::optional<OrderClaim> parse_order_info(std::string_view text);

}  // namespace imagify::vnpay
