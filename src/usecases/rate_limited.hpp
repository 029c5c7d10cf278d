#pragma once

#include <expected>

#include "base/error.hpp"
#include "ports/limits.hpp"

namespace imagify {

/// RateLimited `rate.limited`: how long to wait is what `use` says.
inline std::unexpected<Error> rate_limited(const LimitUse& use) {
    return std::unexpected(Error{
        .kind = ErrorKind::RateLimited, .code = "rate.limited", .retry_after = use.retry_after});
}

}  // namespace imagify
