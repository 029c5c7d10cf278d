#pragma once

#include "adapters/demo_painter/canvas.hpp"
#include "adapters/demo_painter/pixmap.hpp"

namespace imagify::demo {

/// The last look of a picture.
struct Grade {
    float exposure = 1;
    float bloom = 0.34F;
    float contrast = 0.25F;  ///< 0 none, 1 a strong S curve.
    float saturation = 1.08F;
    float vignette = 0.22F;
    float grain = 0.010F;  ///< Amplitude in display values.
};

/// Lets light spill over its edges, around everything brighter than white paper.
void add_bloom(Canvas& canvas, float strength);

/// Develops linear light into display values: shoulder, contrast, vignette, grain and dither.
Pixmap develop(const Canvas& canvas, const Grade& grade, std::uint64_t seed);

}  // namespace imagify::demo
