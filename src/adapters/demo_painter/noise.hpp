#pragma once

#include <cstdint>
#include <vector>

#include "adapters/demo_painter/numbers.hpp"

namespace imagify::demo {

/// A hash of two lattice coordinates in [0, 1).
inline float lattice(int x, int y) {
    auto h =
        static_cast<std::uint32_t>(x) * 0x8da6b343U ^ static_cast<std::uint32_t>(y) * 0xd8163841U;
    h = (h ^ (h >> 15U)) * 0x2c1b3c6dU;
    h = (h ^ (h >> 12U)) * 0x297a2d39U;
    return static_cast<float>((h ^ (h >> 15U)) >> 8U) * (1.0F / 16777216.0F);
}

/// Smooth noise in [0, 1], one feature a unit, quintic joints: its slope may be lit.
float smooth_noise(float x, float y);

/// Smooth noise along a line, in [0, 1].
float smooth_noise(float x);

/// Sum of `octaves` of smooth noise, each twice as fine and half as strong, in [0, 1].
float fractal_noise(float x, float y, int octaves);

/// Sharp crests, as of mountains: in [0, 1].
float ridged_noise(float x, float y, int octaves);

/// A ready-made square of fractal noise that repeats with period 1: one bilinear read replaces six
/// octaves. Built once, on first use, and shared by all threads.
class NoiseTile {
public:
    static constexpr int kSide = 512;

    explicit NoiseTile(int cells);

    /// In [0, 1], mean 0.5.
    float at(float x, float y) const {
        const float u = x * kSide;
        const float v = y * kSide;
        const int column = floor_int(u);
        const int row = floor_int(v);
        const float s = u - static_cast<float>(column);
        const float t = v - static_cast<float>(row);
        const unsigned left = static_cast<unsigned>(column) & kMask;
        const unsigned right = static_cast<unsigned>(column + 1) & kMask;
        const float* upper = values_.data() + (static_cast<unsigned>(row) & kMask) * kSide;
        const float* lower = values_.data() + (static_cast<unsigned>(row + 1) & kMask) * kSide;
        const float top = upper[left] + (upper[right] - upper[left]) * s;
        const float bottom = lower[left] + (lower[right] - lower[left]) * s;
        return top + (bottom - top) * t;
    }

private:
    static constexpr unsigned kMask = kSide - 1;
    std::vector<float> values_;
};

/// Six octaves from 8 cells a side: clouds, mist, rock.
const NoiseTile& cloud_tile();

/// Three octaves from 64 cells a side: sand, foam, leaves, paper.
const NoiseTile& grain_tile();

}  // namespace imagify::demo
