#pragma once

#include <cstdint>

#include "transport/http/routes.hpp"

namespace imagify::http {

/// A seed has 32 bits.
inline constexpr std::int64_t kSeedMax = 4'294'967'295;

/// What the body and the headers of POST /image/generate-image ask for, of a signed-in account.
/// Errors: those of JsonReader and idempotency_key; Invalid `validation.failed` with the fields.
Result<ImageRequest> read_image_request(const Context& context);

}  // namespace imagify::http
