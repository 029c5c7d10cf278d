#pragma once

#include <string>
#include <string_view>

#include "adapters/vnpay/api_message.hpp"
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

    /// Answer 00 and 94 are Moving: only querydr says that the money has arrived. A signed refusal
    /// (02 03 16 91 93 95 97) is Rejected with its code as reason.
    Task<Result<RefundNotice>> refund(Order order, Refund refund) override;

    /// A refund is TransactionType 02 or 03; a payment (01) that is not being refunded is Absent.
    Task<Result<RefundNotice>> query_refund(Order order, Refund refund) override;

    /// A vnp_RequestId is unique for a day of GMT+7.
    bool may_send_again(const Refund& refund) const override;

    GatewayReply acknowledge(NoticeOutcome outcome) const override;

private:
    vnpay::Fields query_request(const Order& order) const;
    vnpay::Fields refund_request(const Order& order, const Refund& refund) const;
    Result<PaymentNotice> read_answer(const vnpay::Fields& answer) const;
    /// One exchange with the merchant API. Yields the answer when it is genuine and about the
    /// order.
    Task<Result<vnpay::Fields>> ask(vnpay::ApiMessage answer_kind, vnpay::Fields request);
    Result<vnpay::Fields> read_genuine(vnpay::ApiMessage answer_kind, const vnpay::Fields& request,
                                       std::string_view body) const;

    VnpayConfig config_;
    HttpClient& http_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace imagify
