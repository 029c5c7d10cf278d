#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "adapters/demo_painter/pixmap.hpp"

namespace imagify::demo {

/// The sides a picture may have; others are clamped into this range.
inline constexpr int kMinSidePx = 64;
inline constexpr int kMaxSidePx = 2048;

/// What to draw. The views need to live only for the call.
struct SceneRequest {
    std::string_view prompt;  ///< Any bytes; words past the first 4000 bytes are not read.
    std::uint64_t seed = 0;
    int width_px = 1024;
    int height_px = 1024;
    std::string_view style;  ///< "photo", "lacquer", "mực tàu", ...; empty: taken from the prompt.
};

/// Draws the scene that the prompt's Vietnamese and English words describe, or an abstract flow
/// field when it knows none of them, with a small "DEMO" label in the corner.
/// Deterministic: equal requests give equal bytes on one machine. Pure CPU work (about 100 ms for
/// 1024x1024), safe from several threads at once, at most 24 MB of memory while it runs.
Pixmap paint_scene(const SceneRequest& request);

/// The picture as a PNG file (8-bit RGB, sRGB chunk). Empty only for an empty picture.
std::vector<std::uint8_t> encode_png(const Pixmap& picture);

}  // namespace imagify::demo
