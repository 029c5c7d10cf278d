#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ports/picture_inspector.hpp"

namespace imagify::picture {

/// The most memory that one decoder may take for pixels: 3238 x 3238 with four bytes each. With
/// what else it needs, a picture costs no more than 64 MiB and a quarter of a second.
inline constexpr std::size_t kDecodeBudgetBytes = std::size_t{40} * 1024 * 1024;

/// Pixels of 8 bits a channel, rows without padding.
struct Pixels {
    int width_px = 0;
    int height_px = 0;
    /// 3 (red, green, blue) or 4 (and alpha, not premultiplied).
    int channels = 3;
    std::vector<std::uint8_t> bytes{};
};

/// What a decoder found: the true size and a copy that fits the thumbnail's frame.
struct Decoded {
    int width_px = 0;
    int height_px = 0;
    Pixels small;
};

/// The size that fits the thumbnail's frame, in the same proportions, never larger than the
/// picture.
Pixels thumbnail_frame(int width_px, int height_px);

inline std::unexpected<Error> invalid_picture(std::string detail) {
    return fail(ErrorKind::BadUpstream, "picture.invalid", std::move(detail));
}

/// True when both sides are 1 to kPictureMaxSide.
inline bool has_legal_sides(std::uint64_t width_px, std::uint64_t height_px) {
    return width_px >= 1 && height_px >= 1 && width_px <= kPictureMaxSide &&
           height_px <= kPictureMaxSide;
}

}  // namespace imagify::picture
