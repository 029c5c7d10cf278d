#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace imagify {

/// The number of Unicode code points, or nothing when `text` is not well-formed UTF-8 (overlong
/// forms, surrogates and values over U+10FFFF are ill-formed: Unicode 15, table 3-7).
std::optional<std::size_t> count_code_points(std::string_view text);

}  // namespace imagify
