#pragma once

#include <span>
#include <string_view>

#include "sandbox/payment_book.hpp"
#include "transport/http/message.hpp"

namespace imagify::sandbox {

/// The payments that the simulator remembers, with what the merchant answered to each notice and
/// buttons to send it again, forged, or with a wrong amount. For developers: English.
http::Response index_page(std::span<const SimulatedPayment> payments, std::string_view notice_url);

}  // namespace imagify::sandbox
