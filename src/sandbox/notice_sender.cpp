#include "sandbox/notice_sender.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/gateway_time.hpp"
#include "adapters/vnpay/signature.hpp"

namespace imagify::sandbox {
namespace {

constexpr std::size_t kMaxReplyBytes = std::size_t{64} * 1024;
/// What VNPAY's acceptance tool adds to provoke RspCode 04.
constexpr std::int64_t kWrongAmountStep = 1'000;

std::string answer_code(const Result<OutboundAnswer>& answer) {
    if (!answer) return answer.error().code;
    if (answer->status < 200 || answer->status > 299) {
        return "HTTP " + std::to_string(answer->status);
    }
    boost::system::error_code error;
    const auto reply = boost::json::parse(answer->body, error);
    const auto* const object = reply.if_object();
    const auto* const code = object == nullptr ? nullptr : object->if_contains("RspCode");
    if (error || code == nullptr || !code->is_string()) return "no RspCode";
    return std::string(std::string_view(code->get_string()).substr(0, 16));
}

}  // namespace

std::string result_query(const SimulatedPayment& payment, const Secret& secret) {
    const auto& card = *payment.card;
    const auto& fields = payment.request.fields;
    const bool reached_bank = payment.transaction_number != "0";
    const vnpay::Fields result{
        {"vnp_Amount", vnpay::format_amount(payment.request.amount)},
        {"vnp_BankCode", std::string(card.bank_code)},
        {"vnp_BankTranNo", reached_bank ? "VNP" + payment.transaction_number : ""},
        {"vnp_CardType", std::string(card.card_type)},
        {"vnp_OrderInfo", std::string(vnpay::value_of(fields, "vnp_OrderInfo"))},
        {"vnp_PayDate", vnpay::format_gateway_time(payment.paid_at)},
        {"vnp_ResponseCode", std::string(card.response_code)},
        {"vnp_TmnCode", std::string(vnpay::value_of(fields, "vnp_TmnCode"))},
        {"vnp_TransactionNo", payment.transaction_number},
        {"vnp_TransactionStatus", std::string(card.transaction_status)},
        {"vnp_TxnRef", payment.request.reference},
    };
    return vnpay::signed_query(secret, result);
}

std::string NoticeSender::notice_address(SimulatedPayment payment, NoticeKind kind) const {
    if (kind == NoticeKind::WrongAmount) payment.request.amount.amount += kWrongAmountStep;
    auto query = result_query(payment, parts_.secret);
    if (kind == NoticeKind::Forged) query.back() = query.back() == '0' ? '1' : '0';
    return with_query(parts_.notice_url, query);
}

Task<bool> NoticeSender::send(std::string reference, NoticeKind kind) {
    const auto payment = parts_.book.find(reference);
    if (!payment || payment->card == nullptr) co_return true;
    OutboundRequest request{.method = "GET",
                            .url = notice_address(*payment, kind),
                            .headers = {{"Accept", "application/json"}},
                            .deadline = parts_.clock.steady_now() + kCallDeadline,
                            .body_limit_bytes = kMaxReplyBytes};
    const auto answer = co_await parts_.http.send(std::move(request));
    auto code = answer_code(answer);
    const bool ends = kind == NoticeKind::Genuine && (code == "00" || code == "02");
    parts_.book.add_call(reference, {parts_.clock.now(), kind, std::move(code)}, ends);
    co_return ends;
}

Task<void> NoticeSender::deliver(std::string reference, std::chrono::milliseconds delay,
                                 std::shared_ptr<std::atomic<bool>> first_done) {
    if (delay.count() > 0) co_await parts_.clock.sleep_for(delay);
    for (int call = 0; call < kMaxCalls; ++call) {
        if (call > 0) co_await parts_.clock.sleep_for(parts_.retry_interval);
        const auto payment = parts_.book.find(reference);
        // A developer may have sent it by hand in the meantime.
        if (!payment || payment->acknowledged) co_return;
        const bool ends = co_await send(reference, NoticeKind::Genuine);
        first_done->store(true);
        if (ends) co_return;
    }
}

}  // namespace imagify::sandbox
