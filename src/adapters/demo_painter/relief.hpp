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
    /// 0: each slice is a fixed share nearer than the last, for ranges seen from the side; 1: slices
    /// are evenly spaced on the canvas, for ground seen from above.
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

/// Draws a height field from far to near (the voxel-space method, back to front so that crests are
/// smooth). `Ground` has `float height(x, z)`, `Rgb colour(const Spot&)` and
/// `void after_slice(z_far, z_near)`, which may plant things between the slices.
template <class Ground>
void paint_relief(Canvas& canvas, const Camera& camera, const Depths& depths, Ground& ground) {
    const int width = canvas.width();
    const auto columns = static_cast<std::size_t>(width);
    std::vector<float> heights(columns), far_heights(columns), far_rows(columns, 1e9F);
    std::vector<Rgb> far_colours(columns);
    float far_z = depths.far * 1.01F;
    for (int slice = 0; slice < depths.slices; ++slice) {
        const float z = depths.at(slice);
        const float step = z / camera.focal;
        const float left = camera.world_x(0, z);
        for (int c = 0; c < width; ++c) {
            heights[static_cast<std::size_t>(c)] = ground.height(left + step * to_float(c), z);
        }
        for (int c = 0; c < width; ++c) {
            const auto i = static_cast<std::size_t>(c);
            const float h = heights[i];
            const float before = heights[c > 0 ? i - 1 : i];
            const float after = heights[c + 1 < width ? i + 1 : i];
            const float slope_x = (after - before) / (2 * step);
            const float x = left + step * to_float(c);
            const float along = slice > 0 ? (h - far_heights[i]) / (z - far_z) : 0.0F;
            const float row = camera.row_of(h, z);
            const float far_row = std::exchange(far_rows[i], row);
            // Behind a crest or out of sight: nothing shows, so nothing is coloured.
            const bool seen = row > far_row && far_row < to_float(canvas.height()) && row > 0;
            if (!seen && far_row < 1e8F && row <= far_row - 0.5F) {
                far_colours[i].w = -1;
                continue;
            }
            Rgb colour = ground.colour({x, z, h, slope_x, along - slope_x * x / z, to_float(c)});
            colour.w = 0;
            const Rgb above = far_colours[i].w < 0 ? colour : far_colours[i];
            far_colours[i] = colour;
            if (!seen || slice == 0) continue;
            const int top = std::max(floor_int(far_row), 0);
            const int bottom = std::min(floor_int(row), canvas.height() - 1);
            const float rise = 1 / std::max(row - far_row, 1.0F);
            for (int y = top; y <= bottom; ++y) {
                const float t = clamp01((to_float(y) + 0.5F - far_row) * rise);
                const float cover = y == top ? clamp01(to_float(top + 1) - far_row) : 1.0F;
                blend(canvas.row(y)[c], above + (colour - above) * t, cover);
            }
        }
        ground.after_slice(far_z, z);
        far_z = z;
        heights.swap(far_heights);
    }
}

}  // namespace imagify::demo
