#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "adapters/vnpay/api_message.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "sandbox/payment_book.hpp"

namespace imagify::sandbox {

/// VNPAY's querydr and refund as a function of JSON bodies. Answers to requests that are not signed
/// (02, 03, 97) are unsigned, as some of the real ones are. Safe from several threads.
class MerchantApi {
public:
    struct Parts {
        std::string tmn_code;
        const Secret& secret;
        /// How long a refund stays in status 05 before it is 00.
        std::chrono::milliseconds refund_time;
        const Clock& clock;
        Random& random;
        PaymentBook& book;
    };
    explicit MerchantApi(Parts parts) : parts_(std::move(parts)) {}

    /// The JSON answer to a JSON request.
    std::string answer(std::string_view body);

private:
    vnpay::Fields query(const vnpay::Fields& request) const;
    vnpay::Fields refund(const vnpay::Fields& request);
    vnpay::Fields reply(const vnpay::Fields& request, std::string_view code) const;
    vnpay::Fields describe(vnpay::Fields reply, const SimulatedPayment& payment) const;

    Parts parts_;
};

}  // namespace imagify::sandbox
