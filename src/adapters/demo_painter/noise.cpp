#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

float quintic(float t) { return t * t * t * (t * (t * 6 - 15) + 10); }

/// Smooth noise whose lattice repeats every `period` cells.
float periodic_noise(float x, float y, int period, int salt) {
    const int column = floor_int(x);
    const int row = floor_int(y);
    const float s = quintic(x - to_float(column));
    const float t = quintic(y - to_float(row));
    const int left = column % period;
    const int right = (column + 1) % period;
    const int upper = row % period + salt;
    const int lower = (row + 1) % period + salt;
    const float top = lerp(lattice(left, upper), lattice(right, upper), s);
    return lerp(top, lerp(lattice(left, lower), lattice(right, lower), s), t);
}

}  // namespace

float smooth_noise(float x, float y) {
    const int column = floor_int(x);
    const int row = floor_int(y);
    const float s = quintic(x - to_float(column));
    const float t = quintic(y - to_float(row));
    const float top = lerp(lattice(column, row), lattice(column + 1, row), s);
    return lerp(top, lerp(lattice(column, row + 1), lattice(column + 1, row + 1), s), t);
}

float smooth_noise(float x) {
    const int cell = floor_int(x);
    return lerp(lattice(cell, 7), lattice(cell + 1, 7), quintic(x - to_float(cell)));
}

float fractal_noise(float x, float y, int octaves) {
    float sum = 0;
    float weight = 0.5F;
    float total = 0;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * smooth_noise(x, y);
        total += weight;
        weight *= 0.5F;
        const float turned = x * 1.6F - y * 1.2F + 17.3F;  // Turning hides the lattice.
        y = x * 1.2F + y * 1.6F + 5.1F;
        x = turned;
    }
    return sum / total;
}

float ridged_noise(float x, float y, int octaves) {
    float sum = 0;
    float weight = 0.5F;
    float total = 0;
    float gate = 1;
    for (int i = 0; i < octaves; ++i) {
        const float crest = 1 - std::fabs(2 * smooth_noise(x, y) - 1);
        const float sharp = crest * crest * gate;
        sum += weight * sharp;
        total += weight;
        gate = clamp01(sharp * 1.6F);
        weight *= 0.5F;
        const float turned = x * 1.6F - y * 1.2F + 31.7F;
        y = x * 1.2F + y * 1.6F + 11.9F;
        x = turned;
    }
    return sum / total;
}

NoiseTile::NoiseTile(int cells) : values_(static_cast<std::size_t>(kSide) * kSide) {
    float weight = 0.5F;
    for (int period = cells; period <= kSide / 2; period *= 2) {
        const float scale = to_float(period) / to_float(kSide);
        std::size_t i = 0;
        for (int y = 0; y < kSide; ++y) {
            for (int x = 0; x < kSide; ++x) {
                const float n =
                    periodic_noise(to_float(x) * scale, to_float(y) * scale, period, period * 131);
                values_[i++] += weight * (n - 0.5F);
            }
        }
        weight *= 0.5F;
    }
    for (float& value : values_) value = clamp01(0.5F + value * 1.25F);
}

const NoiseTile& cloud_tile() {
    static const NoiseTile tile(8);
    return tile;
}

const NoiseTile& grain_tile() {
    static const NoiseTile tile(64);
    return tile;
}

}  // namespace imagify::demo
