#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "ports/http_client.hpp"
#include "sandbox/merchant_api.hpp"
#include "sandbox/notice_sender.hpp"
#include "sandbox/payment_book.hpp"
#include "transport/http/message.hpp"

namespace imagify::sandbox {

struct VnpaySimulatorConfig {
    /// The merchant's, as VNPAY would have issued them.
    std::string tmn_code;
    Secret hash_secret;
    /// The merchant's notice (IPN) address, e.g. http://127.0.0.1:8080/payment/vnpay-ipn
    std::string notice_url;
    /// VNPAY repeats an unanswered notice after 5 minutes.
    std::chrono::milliseconds retry_interval = std::chrono::minutes{5};
    /// How long the redirect waits for the first notice, so that the shop usually knows by then.
    std::chrono::milliseconds notice_patience = std::chrono::seconds{2};
    /// When the notice of "arrives late" is sent.
    std::chrono::milliseconds late_notice_delay = std::chrono::seconds{30};
    /// How long a refund is in progress.
    std::chrono::milliseconds refund_time = std::chrono::seconds{10};
};

/// VNPAY's sandbox in a box, for development and tests: the pay page with its test cards, the
/// notice with the real retry rule, querydr and refund. VNPAY_URL is `/dev/vnpay/pay` and
/// VNPAY_API_URL is
/// `/dev/vnpay/merchant_webapi/api/transaction` under our own address; `/dev/vnpay` lists what
/// happened. Everything is in memory: after a restart querydr answers 91. Must never be reachable
/// in production. Safe from several coroutines and threads; outlives every Task it returns or
/// spawns.
class VnpaySimulator final : public http::Service {
public:
    struct Parts {
        HttpClient& http;
        Clock& clock;
        Random& random;
        /// Runs a Task in the background. One that is cancelled at shutdown ends with an exception.
        std::function<void(Task<void>)> spawn;
    };
    VnpaySimulator(VnpaySimulatorConfig config, Parts parts);

    Task<http::Response> handle(http::Request request) override;

private:
    http::Response show_index() const;
    http::Response show_pay_page(const http::Request& request);
    Task<http::Response> take_payment(http::Request request);
    Task<http::Response> send_again(http::Request request);
    http::Response answer_merchant(const http::Request& request);
    Task<void> notify(std::string reference, NoticeFate fate);
    std::string result_url(const SimulatedPayment& payment) const;

    VnpaySimulatorConfig config_;
    Parts parts_;
    PaymentBook book_;
    NoticeSender notices_;
    MerchantApi merchant_api_;
};

}  // namespace imagify::sandbox
