#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// Looks level along z over a landscape; one world unit at distance z is `focal / z` pixels.
struct Camera {
    float horizon = 0;
    float focal = 0;
    float centre = 0;
    float height = 1;  ///< Above the level h = 0.

    float row_of(float h, float z) const { return horizon + (height - h) * focal / z; }
    float column_of(float x, float z) const { return centre + x * focal / z; }
    float world_x(float column, float z) const { return (column - centre) * z / focal; }
};

struct Depths {
    float far = 60;
    float near = 1;
    int slices = 240;
    /// 0: each slice is a fixed share nearer than the last, for ranges seen from the side; 1:
    /// slices are evenly spaced on the canvas, for ground seen from above.
    float even_rows = 0;

    float at(int slice) const {
        const float t = to_float(slice) / to_float(slices - 1);
        const float geometric = far * std::pow(near / far, t);
        const float even = 1 / lerp(1 / far, 1 / near, std::pow(t, 1.3F));
        return lerp(geometric, even, even_rows);
    }
};

/// A point of a landscape to be coloured.
struct Spot {
    float x, z, h;           ///< World position.
    float slope_x, slope_z;  ///< Of the ground there.
    float column;            ///< On the canvas.
};

/// One column of ground between two depths, from `far_row` down to `row`.
struct Strip {
    int column;
    float far_row, row;
    Rgb far_colour, colour;
};

inline void fill_strip(Canvas& canvas, const Strip& strip) {
    const int top = std::max(floor_int(strip.far_row), 0);
    const int bottom = std::min(floor_int(strip.row), canvas.height() - 1);
    const float rise = 1 / std::max(strip.row - strip.far_row, 1.0F);
    for (int y = top; y <= bottom; ++y) {
        const float t = clamp01((to_float(y) + 0.5F - strip.far_row) * rise);
        const float cover = y == top ? clamp01(to_float(top + 1) - strip.far_row) : 1.0F;
        blend(canvas.row(y)[strip.column], mix(strip.far_colour, strip.colour, t), cover);
    }
}

/// Where a column falls far in one step (a terrace's edge), looks closer for the place.
template <class Ground>
void fill_steep_strip(Canvas& canvas, const Camera& camera, Ground& ground, Strip strip,
                      float far_z, Spot spot) {
    constexpr int kSteps = 4;
    const float row = strip.row;
    const float near_z = spot.z;
    for (int i = 1; i <= kSteps; ++i) {
        spot.z = lerp(far_z, near_z, to_float(i) / kSteps);
        spot.x = camera.world_x(spot.column, spot.z);
        spot.h = ground.height(spot.x, spot.z);
        strip.row = i == kSteps ? row : camera.row_of(spot.h, spot.z);
        if (strip.row <= strip.far_row) continue;
        strip.colour = ground.colour(spot);
        fill_strip(canvas, strip);
        strip.far_row = strip.row;
        strip.far_colour = strip.colour;
    }
}

/// Draws a height field from far to near (the voxel-space method, back to front so that crests are
/// smooth). `Ground` has `float height(x, z)`, `Rgb colour(const Spot&)` and
/// `void after_slice(z_far, z_near)`, which may plant things between the slices.
template <class Ground>
class Relief {
public:
    Relief(Canvas& canvas, const Camera& camera, Ground& ground)
        : canvas_(canvas),
          camera_(camera),
          ground_(ground),
          columns_(static_cast<std::size_t>(canvas.width())),
          heights_(columns_),
          far_heights_(columns_),
          far_rows_(columns_, kUnseen),
          far_colours_(columns_) {}

    void paint(const Depths& depths) {
        far_z_ = depths.far * 1.01F;
        for (int slice = 0; slice < depths.slices; ++slice) {
            paint_slice(depths.at(slice), slice == 0);
        }
    }

private:
    static constexpr float kUnseen = 1e9F;

    void paint_slice(float z, bool first) {
        const float step = z / camera_.focal;
        const float left = camera_.world_x(0, z);
        for (std::size_t i = 0; i < columns_; ++i) {
            heights_[i] = ground_.height(left + step * static_cast<float>(i), z);
        }
        for (std::size_t i = 0; i < columns_; ++i) {
            const float before = heights_[i > 0 ? i - 1 : i];
            const float after = heights_[i + 1 < columns_ ? i + 1 : i];
            const float x = left + step * static_cast<float>(i);
            const float along = first ? 0.0F : (heights_[i] - far_heights_[i]) / (z - far_z_);
            const float slope_x = (after - before) / (2 * step);
            paint_point(
                i, {x, z, heights_[i], slope_x, along - slope_x * x / z, static_cast<float>(i)},
                first);
        }
        ground_.after_slice(far_z_, z);
        far_z_ = z;
        heights_.swap(far_heights_);
    }

    void paint_point(std::size_t i, const Spot& spot, bool first) {
        const float row = camera_.row_of(spot.h, spot.z);
        const float far_row = std::exchange(far_rows_[i], row);
        // Behind a crest or out of sight: nothing shows, so nothing is coloured.
        const bool seen = row > far_row && far_row < to_float(canvas_.height()) && row > 0;
        if (!seen && far_row < kUnseen && row <= far_row - 0.5F) {
            far_colours_[i].w = -1;
            return;
        }
        Rgb colour = ground_.colour(spot);
        colour.w = 0;
        const Rgb above = far_colours_[i].w < 0 ? colour : far_colours_[i];
        far_colours_[i] = colour;
        if (!seen || first) return;
        const Strip strip{static_cast<int>(i), far_row, row, above, colour};
        if (row - far_row > kSteep)
            fill_steep_strip(canvas_, camera_, ground_, strip, far_z_, spot);
        else
            fill_strip(canvas_, strip);
    }

    static constexpr float kSteep = 9;  // Pixels.
    Canvas& canvas_;
    const Camera& camera_;
    Ground& ground_;
    std::size_t columns_;
    std::vector<float> heights_, far_heights_, far_rows_;
    std::vector<Rgb> far_colours_;
    float far_z_ = 0;
};

template <class Ground>
void paint_relief(Canvas& canvas, const Camera& camera, const Depths& depths, Ground& ground) {
    Relief<Ground>(canvas, camera, ground).paint(depths);
}

}  // namespace imagify::demo
