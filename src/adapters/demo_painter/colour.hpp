#pragma once

#include <cstdint>

#include "adapters/demo_painter/numbers.hpp"

namespace imagify::demo {

/// A colour in linear light: x red, y green, z blue, w unused. May exceed 1 (the grade compresses).
using Rgb = float __attribute__((ext_vector_type(4)));

/// From a 0xRRGGBB sRGB value. The square is near enough to the sRGB curve for choosing colours.
constexpr Rgb hex(std::uint32_t rgb) {
    const float red = static_cast<float>((rgb >> 16U) & 255U) / 255.0F;
    const float green = static_cast<float>((rgb >> 8U) & 255U) / 255.0F;
    const float blue = static_cast<float>(rgb & 255U) / 255.0F;
    return Rgb{red * red, green * green, blue * blue, 0};
}

constexpr Rgb grey(float value) { return Rgb{value, value, value, 0}; }
constexpr Rgb mix(Rgb from, Rgb to, float t) { return from + (to - from) * t; }
constexpr float luminance(Rgb c) { return 0.2126F * c.x + 0.7152F * c.y + 0.0722F * c.z; }

/// Away from grey for `amount` above 1, towards it below.
constexpr Rgb saturate(Rgb c, float amount) {
    const Rgb flat = grey(luminance(c));
    const Rgb wide = flat + (c - flat) * amount;
    return Rgb{wide.x < 0 ? 0 : wide.x, wide.y < 0 ? 0 : wide.y, wide.z < 0 ? 0 : wide.z, 0};
}

/// Mixes as the eye sees it (in the square-root domain): no muddy middle in a sky.
inline Rgb mix_seen(Rgb from, Rgb to, float t) {
    const Rgb a{std::sqrt(from.x), std::sqrt(from.y), std::sqrt(from.z), 0};
    const Rgb b{std::sqrt(to.x), std::sqrt(to.y), std::sqrt(to.z), 0};
    const Rgb m = a + (b - a) * t;
    return m * m;
}

/// A fully saturated hue, `turn` in [0, 1): 0 red, 1/3 green, 2/3 blue.
inline Rgb hue(float turn) {
    const float h = (turn - std::floor(turn)) * 6;
    return Rgb{clamp01(std::fabs(h - 3) - 1), clamp01(2 - std::fabs(h - 2)),
               clamp01(2 - std::fabs(h - 4)), 0};
}

}  // namespace imagify::demo
