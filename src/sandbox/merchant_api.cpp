#include "sandbox/merchant_api.hpp"

#include <array>
#include <utility>

#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/gateway_time.hpp"

namespace imagify::sandbox {
namespace {

using vnpay::ApiMessage;
using vnpay::Fields;
using vnpay::to_api_body;
using vnpay::value_of;

struct Message {
    std::string_view code;
    std::string_view text;
};

constexpr auto kMessages = std::to_array<Message>({
    {"00", "Success"},
    {"02", "Invalid_TmnCode"},
    {"03", "Invalid_request_format"},
    {"91", "Transaction_not_found"},
    {"93", "Invalid_amount"},
    {"94", "Duplicate_request"},
    {"95", "Transaction_was_not_successful"},
    {"97", "Invalid_checksum"},
});

std::string_view message_of(std::string_view code) {
    for (const auto& message : kMessages) {
        if (message.code == code) return message.text;
    }
    return "Unknown_error";
}

/// The payment is the one that the request means: both its reference and its creation time.
bool is_about(const Fields& request, const SimulatedPayment& payment) {
    return value_of(request, "vnp_TransactionDate") ==
           value_of(payment.request.fields, "vnp_CreateDate");
}

}  // namespace

std::string MerchantApi::answer(std::string_view body) {
    const auto parsed = vnpay::parse_api_body(body);
    if (!parsed) return to_api_body(reply({}, "03"));
    const auto& request = *parsed;
    const auto command = value_of(request, "vnp_Command");
    const bool is_query = command == "querydr";
    if (!is_query && command != "refund") return to_api_body(reply(request, "03"));
    if (value_of(request, "vnp_TmnCode") != parts_.tmn_code) {
        return to_api_body(reply(request, "02"));
    }
    const auto asked = is_query ? ApiMessage::QueryRequest : ApiMessage::RefundRequest;
    if (!api_signature_matches(asked, request, parts_.secret)) {
        return to_api_body(reply(request, "97"));
    }
    const bool is_fresh =
        parts_.book.claim_request_id(std::string(value_of(request, "vnp_RequestId")));
    auto fields = !is_fresh ? reply(request, "94") : is_query ? query(request) : refund(request);
    const auto answered = is_query ? ApiMessage::QueryAnswer : ApiMessage::RefundAnswer;
    return to_api_body(with_signature(answered, std::move(fields), parts_.secret));
}

Fields MerchantApi::reply(const Fields& request, std::string_view code) const {
    return {{"vnp_ResponseId", new_ulid("", parts_.clock, parts_.random)},
            {"vnp_Command", std::string(value_of(request, "vnp_Command"))},
            {"vnp_ResponseCode", std::string(code)},
            {"vnp_Message", std::string(message_of(code))},
            {"vnp_TmnCode", std::string(value_of(request, "vnp_TmnCode"))},
            {"vnp_TxnRef", std::string(value_of(request, "vnp_TxnRef"))}};
}

Fields MerchantApi::describe(Fields reply, const SimulatedPayment& payment) const {
    const auto now = parts_.clock.now();
    std::string_view status = now < payment.request.expires_at ? "01" : "02";
    if (payment.card != nullptr) status = payment.card->transaction_status;
    std::string type = "01";
    auto amount = payment.request.amount;
    if (payment.refund) {
        type = payment.refund->type;
        amount = payment.refund->amount;
        status = now < payment.refund->accepted_at + parts_.refund_time ? "05" : "00";
    }
    reply["vnp_Amount"] = vnpay::format_amount(amount);
    reply["vnp_OrderInfo"] = value_of(payment.request.fields, "vnp_OrderInfo");
    reply["vnp_BankCode"] = payment.card == nullptr ? "VNPAY" : payment.card->bank_code;
    if (payment.card != nullptr) {
        reply["vnp_PayDate"] = vnpay::format_gateway_time(payment.paid_at);
    }
    reply["vnp_TransactionNo"] = payment.transaction_number;
    reply["vnp_TransactionType"] = std::move(type);
    reply["vnp_TransactionStatus"] = status;
    return reply;
}

Fields MerchantApi::query(const Fields& request) const {
    const auto payment = parts_.book.find(std::string(value_of(request, "vnp_TxnRef")));
    if (!payment || !is_about(request, *payment)) return reply(request, "91");
    return describe(reply(request, "00"), *payment);
}

Fields MerchantApi::refund(const Fields& request) {
    const std::string reference{value_of(request, "vnp_TxnRef")};
    const std::string type{value_of(request, "vnp_TransactionType")};
    const auto known = parts_.book.find(reference);
    if (!known || !is_about(request, *known)) return reply(request, "91");
    if (type != "02" && type != "03") return reply(request, "03");
    const auto amount = vnpay::parse_amount(value_of(request, "vnp_Amount"));
    const auto code = parts_.book.refund(reference, {type, amount, parts_.clock.now()});
    const auto payment = parts_.book.find(reference);
    if (code != "00" || !payment) return reply(request, code);
    return describe(reply(request, code), *payment);
}

}  // namespace imagify::sandbox
