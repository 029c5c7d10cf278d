#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace imagify::http {

/// Bytes [first, first + length) of a body.
struct ByteRange {
    std::int64_t first = 0;
    std::int64_t length = 0;
};

/// What a Range header asks of a body of `size` bytes (RFC 9110, 14.1.2).
struct RangeRequest {
    enum class Kind {
        Whole,          ///< No header, another unit, several ranges, or not understood: ignore it.
        Part,           ///< `range` says which.
        Unsatisfiable,  ///< It starts behind the end.
    };
    Kind kind = Kind::Whole;
    ByteRange range{};
};

/// Understands one range: "bytes=0-99", "bytes=100-", "bytes=-50".
RangeRequest parse_range(std::string_view header, std::int64_t size);

}  // namespace imagify::http
