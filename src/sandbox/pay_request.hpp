#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "adapters/vnpay/form.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"
#include "domain/money.hpp"

namespace imagify::sandbox {

/// A pay URL that a merchant signed, read as VNPAY reads it.
struct PayRequest {
    std::string reference;
    Vnd amount;
    TimePoint expires_at{};
    std::string return_url{};
    bool english = false;
    /// As signed, without the signature.
    vnpay::Fields fields{};
};

/// Why VNPAY shows its error page instead of the pay page (Error.html?code=NN).
enum class PayRefusal {
    BadFormat,        ///< 03
    Expired,          ///< 15
    BadSignature,     ///< 70
    UnknownTerminal,  ///< 72
};

/// VNPAY's code of a refusal.
std::string_view code_of(PayRefusal refusal);

/// Checks terminal, signature and every field, in this order; not whether it is expired.
std::expected<PayRequest, PayRefusal> read_pay_request(std::string_view raw_query,
                                                       std::string_view tmn_code,
                                                       const Secret& secret);

/// `url` with `query` added after what it has already, before a fragment.
std::string with_query(const std::string& url, const std::string& query);

/// Scheme, host and port of an absolute http(s) URL that is safe in a header; else empty.
std::string origin_of(std::string_view url);

}  // namespace imagify::sandbox
