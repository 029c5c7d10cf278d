#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "sandbox/pay_request.hpp"
#include "sandbox/payment_book.hpp"
#include "transport/http/message.hpp"

namespace imagify::sandbox {

/// Where a customer chooses a test card. `raw_query` comes back with the form, verbatim. The page
/// reloads itself when the time is over.
http::Response pay_page(const PayRequest& request, std::string_view raw_query, TimePoint now);

/// What VNPAY shows instead of the pay page.
http::Response refusal_page(PayRefusal refusal, bool english);

/// Shown when the payment has ended before; `result_url` leads back to the merchant.
http::Response finished_page(const SimulatedPayment& payment, const std::string& result_url);

}  // namespace imagify::sandbox
