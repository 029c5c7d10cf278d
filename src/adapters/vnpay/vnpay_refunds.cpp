#include <algorithm>
#include <array>
#include <utility>

#include "adapters/vnpay/api_errors.hpp"
#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/gateway_time.hpp"
#include "adapters/vnpay/order_info.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

using namespace vnpay;

constexpr std::string_view kFullRefund = "02";
constexpr std::string_view kPartialRefund = "03";
constexpr std::size_t kMaxCreator = 245;

/// Signed codes after which no money moves: bad terminal, bad format, not allowed, not found, bad
/// amount, not a paid payment, bad checksum.
constexpr auto kFinalRefusals =
    std::to_array<std::string_view>({"02", "03", "16", "91", "93", "95", "97"});

bool is_refund(const Fields& answer) {
    const auto type = value_of(answer, "vnp_TransactionType");
    return type == kFullRefund || type == kPartialRefund;
}

/// vnp_TransactionStatus of a refund: 00 done, 05 and 06 on its way, 09 refused by the bank.
RefundProgress progress_of(std::string_view status) {
    if (status == "00") return RefundProgress::Done;
    if (status == "09") return RefundProgress::Rejected;
    return RefundProgress::Moving;
}

}  // namespace

Fields VnpayGateway::refund_request(const Order& order, const Refund& refund) const {
    auto creator = plain_text(refund.actor);
    creator.resize(std::min(creator.size(), kMaxCreator));
    Fields fields{
        {"vnp_Amount", format_amount(refund.amount)},
        {"vnp_Command", "refund"},
        {"vnp_CreateBy", std::move(creator)},
        {"vnp_CreateDate", format_gateway_time(clock_.now())},
        {"vnp_IpAddr", config_.server_address},
        {"vnp_OrderInfo", plain_text("Hoan tien GD ma: " + order.id.text())},
        {"vnp_RequestId", refund.id.text()},
        {"vnp_TmnCode", config_.tmn_code},
        {"vnp_TransactionDate", format_gateway_time(order.created_at)},
        {"vnp_TransactionNo", order.gateway_transaction},
        {"vnp_TransactionType",
         std::string(refund.amount == order.amount ? kFullRefund : kPartialRefund)},
        {"vnp_TxnRef", order.id.text()},
        {"vnp_Version", "2.1.0"},
    };
    return with_signature(ApiMessage::RefundRequest, std::move(fields), config_.hash_secret);
}

Task<Result<RefundNotice>> VnpayGateway::refund(Order order, Refund refund) {
    const auto answer = co_await ask(ApiMessage::RefundAnswer, refund_request(order, refund));
    if (!answer) co_return std::unexpected(answer.error());
    const std::string code{value_of(*answer, "vnp_ResponseCode")};
    RefundNotice notice{.reason = code, .evidence = pipe_data(ApiMessage::RefundAnswer, *answer)};
    if (code == "00" || code == "94") {
        notice.progress =
            MUTANT("refund.accepted_is_done") ? RefundProgress::Done : RefundProgress::Moving;
    } else if (std::ranges::find(kFinalRefusals, code) != kFinalRefusals.end()) {
        notice.progress = RefundProgress::Rejected;
    } else {
        co_return refusal(code);
    }
    co_return notice;
}

Task<Result<RefundNotice>> VnpayGateway::query_refund(Order order, Refund refund) {
    const auto answer = co_await ask(ApiMessage::QueryAnswer, query_request(order));
    if (!answer) co_return std::unexpected(answer.error());
    const auto code = value_of(*answer, "vnp_ResponseCode");
    if (code != "00") co_return refusal(code);
    const std::string status{value_of(*answer, "vnp_TransactionStatus")};
    RefundNotice notice{.reason = status, .evidence = pipe_data(ApiMessage::QueryAnswer, *answer)};
    if (!is_refund(*answer)) {
        // The payment itself: untouched, or marked as being refunded.
        notice.progress = status == "00" ? RefundProgress::Absent : RefundProgress::Moving;
        co_return notice;
    }
    if (parse_amount(value_of(*answer, "vnp_Amount")) != refund.amount) {
        co_return bad_answer("a refund of another amount");
    }
    notice.progress = progress_of(status);
    co_return notice;
}

bool VnpayGateway::may_send_again(const Refund& refund) const {
    const auto day = [](TimePoint time) { return format_gateway_time(time).substr(0, 8); };
    return day(refund.created_at) == day(clock_.now());
}

}  // namespace imagify
