#pragma once

#include <string>
#include <string_view>

#include "adapters/vnpay/form.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "ports/http_client.hpp"
#include "ports/payment_gateway.hpp"

namespace imagify {

/// One terminal at VNPAY. All addresses are absolute.
struct VnpayConfig {
    std::string tmn_code;
    /// Signs what we send; must not be empty.
    Secret hash_secret;
    /// While VNPAY changes the secret: also accepted on what comes in. Empty: none.
    Secret previous_hash_secret{};
    /// VNPAY_URL, e.g. https://sandbox.vnpayment.vn/paymentv2/vpcpay.html
    std::string pay_url;
    /// VNPAY_API_URL, e.g. https://sandbox.vnpayment.vn/merchant_webapi/api/transaction
    std::string api_url;
    /// Where the customer's browser comes back: 10 to 255 characters, none of ~ * ' ( ) !, which
    /// VNPAY's own demos encode differently.
    std::string return_url;
    /// Our address as querydr names it.
    std::string server_address = "127.0.0.1";
};

/// VNPAY 2.1.0. The transaction reference is the order's id; the order's `created_at` is the
/// vnp_CreateDate that every later question repeats.
class VnpayGateway final : public PaymentGateway {
public:
    /// The whole querydr exchange.
    static constexpr std::chrono::seconds kQueryDeadline{10};

    /// All three are shared and outlive the gateway.
    VnpayGateway(VnpayConfig config, HttpClient& http, const Clock& clock, Random& random);

    std::string pay_url(const Order& order) const override;

    /// A genuine notice without a well-formed amount has Vnd{0}: it matches no order, so the answer
    /// becomes `04`, not `97`. One without a reference has an empty order id, which no order has.
    Result<PaymentNotice> verify(std::string_view raw_query) const override;

    /// Compares terminal, reference and TransactionType 01; whether the amount is the order's is
    /// for the store to say. Codes 08 (maintenance) and 94 (asked too often) are Unavailable.
    Task<Result<PaymentNotice>> query(Order order) override;

    GatewayReply acknowledge(NoticeOutcome outcome) const override;

private:
    vnpay::Fields query_request(const Order& order) const;
    Result<PaymentNotice> read_answer(const Order& order, std::string_view body) const;
    bool is_genuine_answer(const vnpay::Fields& answer) const;

    VnpayConfig config_;
    HttpClient& http_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace imagify
