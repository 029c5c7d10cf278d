#include "faults/upstream.hpp"

#include "adapters/demo_painter/demo_painter.hpp"
#include "adapters/vnpay/api_message.hpp"
#include "adapters/vnpay/signature.hpp"
#include "faults/fault.hpp"

namespace imagify::testing {
namespace {

const std::string& picture() {
    static const std::string bytes = [] {
        const demo::Pixmap pixmap{
            .width = 8, .height = 8, .rgb = std::vector<std::uint8_t>(8 * 8 * 3, 77)};
        const auto png = demo::encode_png(pixmap);
        return std::string(png.begin(), png.end());
    }();
    return bytes;
}

std::string transaction_of(const std::string& order) {
    return std::to_string(std::hash<std::string>{}(order) % 100'000'000);
}

OutboundAnswer answer_refund(const std::string& order, const std::string& command) {
    const auto kind =
        command == "refund" ? vnpay::ApiMessage::RefundAnswer : vnpay::ApiMessage::QueryAnswer;
    const vnpay::Fields fields{{"vnp_ResponseId", "r"},
                               {"vnp_Command", command},
                               {"vnp_ResponseCode", "00"},
                               {"vnp_Message", "ok"},
                               {"vnp_TmnCode", kShopTerminal},
                               {"vnp_TxnRef", order},
                               {"vnp_Amount", "25000000"},
                               {"vnp_TransactionType", "02"},
                               {"vnp_TransactionStatus", command == "refund" ? "05" : "00"},
                               {"vnp_OrderInfo", "Hoan tien"}};
    return {.status = 200,
            .headers = {},
            .body = vnpay::to_api_body(vnpay::with_signature(kind, fields, Secret(kShopSecret)))};
}

OutboundAnswer answer_query(const std::string& order) {
    const vnpay::Fields fields{{"vnp_ResponseId", "r"},
                               {"vnp_Command", "querydr"},
                               {"vnp_ResponseCode", "00"},
                               {"vnp_Message", "ok"},
                               {"vnp_TmnCode", kShopTerminal},
                               {"vnp_TxnRef", order},
                               {"vnp_Amount", "25000000"},
                               {"vnp_OrderInfo", "Imagify"},
                               {"vnp_BankCode", "NCB"},
                               {"vnp_PayDate", "20260115100712"},
                               {"vnp_TransactionNo", transaction_of(order)},
                               {"vnp_TransactionType", "01"},
                               {"vnp_TransactionStatus", "00"}};
    return {.status = 200,
            .headers = {{"content-type", "application/json"}},
            .body = vnpay::to_api_body(vnpay::with_signature(vnpay::ApiMessage::QueryAnswer, fields,
                                                             Secret(kShopSecret)))};
}

std::optional<Error> fault_of_call() {
    if (should_fail(FaultKind::Unreachable)) {
        return Error{.kind = ErrorKind::Unavailable, .code = "upstream.unreachable"};
    }
    if (should_fail(FaultKind::SlowAnswer)) {
        return Error{.kind = ErrorKind::Timeout, .code = "upstream.timeout"};
    }
    if (should_fail(FaultKind::HugeAnswer)) {
        return Error{.kind = ErrorKind::TooLarge, .code = "upstream.too_large"};
    }
    return std::nullopt;
}

}  // namespace

Task<Result<OutboundAnswer>> FaultyUpstream::send(OutboundRequest request) {
    if (const auto fault = fault_of_call()) co_return std::unexpected(*fault);
    if (should_fail(FaultKind::BrokenAnswer)) {
        co_return fail(ErrorKind::BadUpstream, "upstream.bad_answer");
    }
    if (refunded_order.empty()) co_return answer_query(paid_order);
    const bool asks = request.body.contains(R"("refund")");
    co_return answer_refund(refunded_order, asks ? "refund" : "querydr");
}

Task<Result<OutboundAnswer>> FaultyUpstream::send(OutboundRequest, ByteSink& sink) {
    if (const auto fault = fault_of_call()) co_return std::unexpected(*fault);
    if (refuses) co_return OutboundAnswer{.status = 400, .body = R"({"error":"bad prompt"})"};
    const bool cut = should_fail(FaultKind::BrokenAnswer);
    const auto bytes = std::as_bytes(std::span(picture()));
    const auto sent = co_await sink.write(cut ? bytes.first(bytes.size() / 2) : bytes);
    if (!sent) co_return std::unexpected(sent.error());
    if (cut) co_return fail(ErrorKind::BadUpstream, "upstream.bad_answer");
    co_return OutboundAnswer{.status = 200, .headers = {{"content-type", "image/png"}}};
}

std::string paid_notice(const std::string& order) {
    const vnpay::Fields fields{
        {"vnp_Amount", "25000000"},      {"vnp_BankCode", "NCB"},
        {"vnp_OrderInfo", "Imagify"},    {"vnp_ResponseCode", "00"},
        {"vnp_TmnCode", kShopTerminal},  {"vnp_TransactionNo", transaction_of(order)},
        {"vnp_TransactionStatus", "00"}, {"vnp_TxnRef", order}};
    return vnpay::signed_query(Secret(kShopSecret), fields);
}

}  // namespace imagify::testing
