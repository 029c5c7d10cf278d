#include "adapters/vnpay/api_message.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <span>
#include <utility>

#include "adapters/vnpay/signature.hpp"

namespace imagify::vnpay {
namespace {

namespace json = boost::json;

constexpr auto kQueryRequest = std::to_array<std::string_view>(
    {"vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef",
     "vnp_TransactionDate", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo"});

constexpr auto kRefundRequest = std::to_array<std::string_view>(
    {"vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TransactionType",
     "vnp_TxnRef", "vnp_Amount", "vnp_TransactionNo", "vnp_TransactionDate", "vnp_CreateBy",
     "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo"});

/// vnp_OrderInfo stands after the status here, unlike in the JSON body. A refund answer signs the
/// same values but for the last two.
constexpr auto kAnswer = std::to_array<std::string_view>(
    {"vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode",
     "vnp_TxnRef", "vnp_Amount", "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo",
     "vnp_TransactionType", "vnp_TransactionStatus", "vnp_OrderInfo", "vnp_PromotionCode",
     "vnp_PromotionAmount"});

std::span<const std::string_view> signed_names(ApiMessage message) {
    switch (message) {  // No default: a new message must fail to compile here.
        case ApiMessage::QueryRequest: return kQueryRequest;
        case ApiMessage::QueryAnswer: return kAnswer;
        case ApiMessage::RefundRequest: return kRefundRequest;
        case ApiMessage::RefundAnswer: return std::span{kAnswer}.first(kAnswer.size() - 2);
    }
    std::unreachable();
}

std::optional<std::string> text_of(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_uint64()) return std::to_string(value.get_uint64());
    return std::nullopt;
}

}  // namespace

std::string pipe_data(ApiMessage message, const Fields& fields) {
    std::string data;
    for (const auto name : signed_names(message)) {
        data += value_of(fields, name);
        data += '|';
    }
    data.pop_back();
    return data;
}

Fields with_signature(ApiMessage message, Fields fields, const Secret& secret) {
    auto hash = sign(secret, pipe_data(message, fields));
    fields.insert_or_assign(std::string(kSecureHash), std::move(hash));
    return fields;
}

bool api_signature_matches(ApiMessage message, const Fields& fields, const Secret& secret) {
    const auto has_pipe = [&](std::string_view name) {
        return value_of(fields, name).contains('|');
    };
    if (std::ranges::any_of(signed_names(message), has_pipe)) return false;
    return signature_matches(secret, pipe_data(message, fields), value_of(fields, kSecureHash));
}

std::optional<Fields> parse_api_body(std::string_view json) {
    if (json.size() > kMaxApiBodyBytes) return std::nullopt;
    boost::system::error_code error;
    const auto document = json::parse(json, error);
    if (error || !document.is_object()) return std::nullopt;
    Fields fields;
    for (const auto& member : document.get_object()) {
        if (auto text = text_of(member.value())) {
            fields.insert_or_assign(std::string(member.key()), std::move(*text));
        }
    }
    return fields;
}

std::string to_api_body(const Fields& fields) {
    json::object object;
    for (const auto& [name, value] : fields) object[name] = value;
    return json::serialize(object);
}

}  // namespace imagify::vnpay
