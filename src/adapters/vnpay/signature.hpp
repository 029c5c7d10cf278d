#pragma once

#include <string>
#include <string_view>

#include "adapters/vnpay/form.hpp"
#include "base/secret.hpp"

namespace imagify::vnpay {

/// HMAC-SHA512 of `data` as 128 lower-case hex digits.
std::string sign(const Secret& secret, std::string_view data);

/// True when `received` is the signature of `data`: exactly 128 hex digits in either case, compared
/// in constant time. An empty secret matches nothing.
bool signature_matches(const Secret& secret, std::string_view data, std::string_view received);

/// A query that carries its own signature, last: `canonical(fields)&vnp_SecureHash=...`.
std::string signed_query(const Secret& secret, const Fields& fields);

}  // namespace imagify::vnpay
