#include "adapters/vnpay/vnpay_gateway.hpp"

#include <boost/asio/ip/address.hpp>
#include <cassert>
#include <utility>

#include "adapters/vnpay/api_errors.hpp"
#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/gateway_time.hpp"
#include "adapters/vnpay/order_info.hpp"
#include "adapters/vnpay/signature.hpp"
#include "base/ids.hpp"
#include "base/mutant.hpp"

namespace imagify {
namespace {

using namespace vnpay;

constexpr std::string_view kVersion = "2.1.0";
constexpr std::string_view kPayment = "01";  // vnp_TransactionType; 02 and 03 are refunds.

/// The address when it is one and has the 7 to 45 characters that VNPAY takes ("::1" has 3).
std::string payer_address(const std::string& address) {
    boost::system::error_code error;
    boost::asio::ip::make_address(address, error);
    const bool fits = address.size() >= 7 && address.size() <= 45 && !address.contains('%');
    return !error && fits ? address : "127.0.0.1";
}

PaymentNotice notice_from(const Fields& fields, Verdict verdict, std::string evidence) {
    return {.order_id = OrderId{std::string(value_of(fields, "vnp_TxnRef"))},
            .amount = parse_amount(value_of(fields, "vnp_Amount")),
            .state = verdict.state,
            .failure = verdict.failure,
            .gateway_transaction = parse_transaction_number(value_of(fields, "vnp_TransactionNo")),
            .bank_code = std::string(value_of(fields, "vnp_BankCode")),
            .evidence = std::move(evidence),
            .claim = parse_order_info(value_of(fields, "vnp_OrderInfo"))};
}

/// The transport's error in the terms of the port.
Error gateway_error(Error error) {
    const bool is_known = error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout;
    if (!is_known) error.kind = ErrorKind::BadUpstream;
    return error;
}

}  // namespace

VnpayGateway::VnpayGateway(VnpayConfig config, HttpClient& http, const Clock& clock, Random& random)
    : config_(std::move(config)), http_(http), clock_(clock), random_(random) {
    assert(!config_.hash_secret.empty());
}

std::string VnpayGateway::pay_url(const Order& order) const {
    const Fields fields{
        {"vnp_Amount", format_amount(order.amount)},
        {"vnp_BankCode", order.requested_bank},
        {"vnp_Command", "pay"},
        {"vnp_CreateDate",
         format_gateway_time(MUTANT("vnpay.address_of_today") ? clock_.now() : order.created_at)},
        {"vnp_CurrCode", "VND"},
        {"vnp_ExpireDate", format_gateway_time(order.expires_at)},
        {"vnp_IpAddr", payer_address(order.client_address)},
        {"vnp_Locale", order.gateway_locale == "en" ? "en" : "vn"},
        {"vnp_OrderInfo", order_info(order)},
        {"vnp_OrderType", "other"},
        {"vnp_ReturnUrl", config_.return_url},
        {"vnp_TmnCode", config_.tmn_code},
        {"vnp_TxnRef", order.id.text()},
        {"vnp_Version", std::string(kVersion)},
    };
    return config_.pay_url + '?' + signed_query(config_.hash_secret, fields);
}

Result<PaymentNotice> VnpayGateway::verify(std::string_view raw_query) const {
    const auto refuse = [](std::string detail) {
        return fail(ErrorKind::Unauthenticated, "payment.bad_signature", std::move(detail));
    };
    const auto fields = parse_form(raw_query, kFieldPrefix);
    if (!fields) return refuse("malformed query");
    auto data = canonical(*fields);
    const auto hash = value_of(*fields, kSecureHash);
    if (!signature_matches(config_.hash_secret, data, hash) &&
        !signature_matches(config_.previous_hash_secret, data, hash) &&
        !MUTANT("vnpay.forged_accepted")) {
        return refuse("signature does not match");
    }
    if (value_of(*fields, "vnp_TmnCode") != config_.tmn_code && !MUTANT("vnpay.any_terminal")) {
        return refuse("another terminal");
    }
    const auto verdict = normalize(value_of(*fields, "vnp_ResponseCode"),
                                   value_of(*fields, "vnp_TransactionStatus"));
    return notice_from(*fields, verdict, std::move(data));
}

Task<Result<PaymentNotice>> VnpayGateway::query(Order order) {
    const auto answer = co_await ask(ApiMessage::QueryAnswer, query_request(order));
    if (!answer) co_return std::unexpected(answer.error());
    co_return read_answer(*answer);
}

Task<Result<Fields>> VnpayGateway::ask(ApiMessage answer_kind, Fields request) {
    auto answer = co_await http_.send(
        {.method = "POST",
         .url = config_.api_url,
         .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
         .body = to_api_body(request),
         .deadline = clock_.steady_now() + kQueryDeadline,
         .body_limit_bytes = kMaxApiBodyBytes});
    if (!answer) co_return std::unexpected(gateway_error(std::move(answer.error())));
    if (answer->status == 429 || answer->status >= 500) {
        co_return fail(ErrorKind::Unavailable, "payment.gateway_busy",
                       "HTTP status " + std::to_string(answer->status));
    }
    if (answer->status != 200) {
        co_return bad_answer("HTTP status " + std::to_string(answer->status));
    }
    co_return read_genuine(answer_kind, request, answer->body);
}

Fields VnpayGateway::query_request(const Order& order) const {
    Fields fields{
        {"vnp_Command", "querydr"},
        {"vnp_CreateDate", format_gateway_time(clock_.now())},
        {"vnp_IpAddr", config_.server_address},
        {"vnp_OrderInfo", plain_text("Truy van GD ma: " + order.id.text())},
        {"vnp_RequestId", new_ulid("Q", clock_, random_)},
        {"vnp_TmnCode", config_.tmn_code},
        {"vnp_TransactionDate",
         format_gateway_time(MUTANT("vnpay.query_of_today") ? clock_.now() : order.created_at)},
        {"vnp_TxnRef", order.id.text()},
        {"vnp_Version", std::string(kVersion)},
    };
    return with_signature(ApiMessage::QueryRequest, std::move(fields), config_.hash_secret);
}

Result<Fields> VnpayGateway::read_genuine(ApiMessage answer_kind, const Fields& request,
                                          std::string_view body) const {
    auto answer = parse_api_body(body);
    if (!answer) return bad_answer("not a JSON object");
    if (!api_signature_matches(answer_kind, *answer, config_.hash_secret) &&
        !api_signature_matches(answer_kind, *answer, config_.previous_hash_secret) &&
        !MUTANT("vnpay.unsigned_answer")) {
        return bad_answer("signature does not match");
    }
    if (MUTANT("vnpay.answer_of_any_terminal")) (*answer)["vnp_TmnCode"] = config_.tmn_code;
    if (MUTANT("vnpay.answer_about_any_order")) {
        (*answer)["vnp_TxnRef"] = value_of(request, "vnp_TxnRef");
    }
    for (const auto name : {"vnp_Command", "vnp_TmnCode", "vnp_TxnRef"}) {
        if (value_of(*answer, name) != value_of(request, name)) {
            return bad_answer("about something else");
        }
    }
    return std::move(*answer);
}

Result<PaymentNotice> VnpayGateway::read_answer(const Fields& answer) const {
    const auto response_code = value_of(answer, "vnp_ResponseCode");
    if (response_code != "00") return refusal(response_code);
    if (value_of(answer, "vnp_TransactionType") != kPayment && !MUTANT("vnpay.any_type")) {
        return bad_answer("not a payment");
    }
    return notice_from(answer, normalize_status(value_of(answer, "vnp_TransactionStatus")),
                       pipe_data(ApiMessage::QueryAnswer, answer));
}

GatewayReply VnpayGateway::acknowledge(NoticeOutcome outcome) const {
    return notice_reply(outcome);
}

}  // namespace imagify
