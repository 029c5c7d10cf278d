#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "ports/idempotency.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// The Idempotency-Key of a request with the fingerprint of its body; nothing when it has none.
/// Errors: Invalid `validation.failed` (empty, over 255 bytes, not printable ASCII, repeated).
Result<std::optional<IdempotencyKey>> idempotency_key(const Request& request,
                                                      std::string_view route);

}  // namespace imagify::http
