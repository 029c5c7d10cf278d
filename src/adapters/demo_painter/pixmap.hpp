#pragma once

#include <cstdint>
#include <vector>

namespace imagify::demo {

/// A finished picture: 8-bit sRGB, three bytes a pixel, rows from the top, no padding.
struct Pixmap {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

}  // namespace imagify::demo
