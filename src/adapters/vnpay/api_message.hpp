#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/vnpay/form.hpp"
#include "base/secret.hpp"

namespace imagify::vnpay {

/// The four messages of VNPAY's merchant API (querydr and refund). Each is a flat JSON object that
/// signs its own list of values.
enum class ApiMessage { QueryRequest, QueryAnswer, RefundRequest, RefundAnswer };

inline constexpr std::size_t kMaxApiBodyBytes = std::size_t{64} * 1024;

/// What a message signs: the values of its fields in VNPAY's order (not the order of the JSON),
/// joined with '|', not encoded. An absent value counts as empty.
std::string pipe_data(ApiMessage message, const Fields& fields);

/// The fields with their vnp_SecureHash added or replaced.
Fields with_signature(ApiMessage message, Fields fields, const Secret& secret);

/// True when the message carries the signature of its values. A value with a '|' is refused: the
/// same signature would fit another reading of the message.
bool api_signature_matches(ApiMessage message, const Fields& fields, const Secret& secret);

/// The string and integer members of a JSON object. Members of other types are left out, so what
/// they would have signed is missing. Nothing when it is no strict JSON object of at most 64 KiB.
std::optional<Fields> parse_api_body(std::string_view json);

/// The fields as a JSON object of strings.
std::string to_api_body(const Fields& fields);

}  // namespace imagify::vnpay
