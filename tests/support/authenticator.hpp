#pragma once

#include <string>

#include "base/clock.hpp"

namespace imagify::testing {

/// What a person's authenticator app shows at `now` for a secret in base32 (RFC 6238 with SHA-1,
/// six digits, 30 s). Written on OpenSSL alone, because the product uses liboath.
std::string one_time_password(const std::string& base32, TimePoint now);

}  // namespace imagify::testing
