#include "sandbox/pay_request.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/vnpay/codes.hpp"
#include "adapters/vnpay/gateway_time.hpp"
#include "adapters/vnpay/signature.hpp"

namespace imagify::sandbox {
namespace {

using vnpay::Fields;
using vnpay::value_of;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
bool is_graphic(char c) { return c > ' ' && c < '\x7f'; }
bool is_any(char) { return true; }

struct Rule {
    std::string_view name;
    std::size_t min;
    std::size_t max;
    bool (*allows)(char);
};

/// Type and length of each field in pay.html; a minimum of 0 means optional.
constexpr auto kRules = std::to_array<Rule>({
    {"vnp_Amount", 1, 12, is_digit},
    {"vnp_BankCode", 0, 20, is_alphanumeric},
    {"vnp_CreateDate", 14, 14, is_digit},
    {"vnp_ExpireDate", 14, 14, is_digit},
    {"vnp_IpAddr", 7, 45, is_graphic},
    {"vnp_OrderInfo", 1, 255, is_any},
    {"vnp_OrderType", 1, 100, is_alphanumeric},
    {"vnp_ReturnUrl", 10, 255, is_graphic},
    {"vnp_TxnRef", 1, 100, is_alphanumeric},
});

bool is_well_formed(const Fields& fields) {
    const bool is_sized = std::ranges::all_of(kRules, [&](const Rule& rule) {
        const auto value = value_of(fields, rule.name);
        return value.size() >= rule.min && value.size() <= rule.max &&
               std::ranges::all_of(value, rule.allows);
    });
    const auto locale = value_of(fields, "vnp_Locale");
    const auto amount = vnpay::parse_amount(value_of(fields, "vnp_Amount"));
    return is_sized && value_of(fields, "vnp_Version") == "2.1.0" &&
           value_of(fields, "vnp_Command") == "pay" && value_of(fields, "vnp_CurrCode") == "VND" &&
           (locale == "vn" || locale == "en") && amount >= kMinPayment && amount <= kMaxPayment &&
           vnpay::parse_gateway_time(value_of(fields, "vnp_CreateDate")).has_value() &&
           vnpay::parse_gateway_time(value_of(fields, "vnp_ExpireDate")).has_value() &&
           !origin_of(value_of(fields, "vnp_ReturnUrl")).empty();
}

}  // namespace

std::string_view code_of(PayRefusal refusal) {
    switch (refusal) {  // No default: a new refusal must fail to compile here.
        case PayRefusal::BadFormat: return "03";
        case PayRefusal::Expired: return "15";
        case PayRefusal::BadSignature: return "70";
        case PayRefusal::UnknownTerminal: return "72";
    }
    std::unreachable();
}

std::expected<PayRequest, PayRefusal> read_pay_request(std::string_view raw_query,
                                                       std::string_view tmn_code,
                                                       const Secret& secret) {
    auto fields = vnpay::parse_form(raw_query, vnpay::kFieldPrefix);
    if (!fields) return std::unexpected(PayRefusal::BadFormat);
    if (value_of(*fields, "vnp_TmnCode") != tmn_code) {
        return std::unexpected(PayRefusal::UnknownTerminal);
    }
    const auto hash = value_of(*fields, vnpay::kSecureHash);
    if (!vnpay::signature_matches(secret, vnpay::canonical(*fields), hash)) {
        return std::unexpected(PayRefusal::BadSignature);
    }
    if (!is_well_formed(*fields)) return std::unexpected(PayRefusal::BadFormat);
    fields->erase(std::string(vnpay::kSecureHash));
    return PayRequest{.reference = std::string(value_of(*fields, "vnp_TxnRef")),
                      .amount = vnpay::parse_amount(value_of(*fields, "vnp_Amount")),
                      .expires_at = *vnpay::parse_gateway_time(value_of(*fields, "vnp_ExpireDate")),
                      .return_url = std::string(value_of(*fields, "vnp_ReturnUrl")),
                      .english = value_of(*fields, "vnp_Locale") == "en",
                      .fields = std::move(*fields)};
}

std::string with_query(const std::string& url, const std::string& query) {
    const auto fragment = std::min(url.find('#'), url.size());
    const auto address = url.substr(0, fragment);
    return address + (address.contains('?') ? '&' : '?') + query + url.substr(fragment);
}

std::string origin_of(std::string_view url) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return {};
    const auto scheme = url.substr(0, scheme_end);
    if (scheme != "http" && scheme != "https") return {};
    const auto host =
        url.substr(scheme_end + 3, url.find_first_of("/?#", scheme_end + 3) - (scheme_end + 3));
    const auto is_host_character = [](char c) {
        return is_alphanumeric(c) || std::string_view("-.:[]").contains(c);
    };
    if (host.empty() || !std::ranges::all_of(host, is_host_character)) return {};
    return std::string(url.substr(0, scheme_end + 3 + host.size()));
}

}  // namespace imagify::sandbox
