#pragma once

#include <expected>

#include "base/error.hpp"

namespace imagify {

/// A value, or the expected failure that stands in its place.
template <class T>
using Result = std::expected<T, Error>;

/// Makes a failure: `return fail(ErrorKind::NotFound, "order.not_found")`.
inline std::unexpected<Error> fail(ErrorKind kind, std::string code, std::string detail = {}) {
    return std::unexpected(
        Error{.kind = kind, .code = std::move(code), .detail = std::move(detail)});
}

}  // namespace imagify
