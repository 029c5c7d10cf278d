#pragma once

#include <vector>

#include "adapters/demo_painter/colour.hpp"

namespace imagify::demo {

struct Point {
    float x = 0;
    float y = 0;
};

constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
constexpr Point operator*(Point a, float k) { return {a.x * k, a.y * k}; }

/// The picture while it is painted: linear light, one float vector a pixel.
class Canvas {
public:
    Canvas(int width, int height)
        : width_(width),
          height_(height),
          pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

    int width() const { return width_; }
    int height() const { return height_; }
    /// `y` in [0, height).
    Rgb* row(int y) { return pixels_.data() + static_cast<std::ptrdiff_t>(y) * width_; }
    const Rgb* row(int y) const { return pixels_.data() + static_cast<std::ptrdiff_t>(y) * width_; }
    /// Coordinates outside are moved to the nearest pixel.
    Rgb near(int x, int y) const {
        return row(std::clamp(y, 0, height_ - 1))[std::clamp(x, 0, width_ - 1)];
    }

private:
    int width_;
    int height_;
    std::vector<Rgb> pixels_;
};

inline void blend(Rgb& under, Rgb over, float opacity) { under += (over - under) * opacity; }

/// A soft round dab that hides what is under it; radius in pixels, opacity at its centre.
void dab(Canvas& canvas, Point centre, float radius, Rgb colour, float opacity);

/// Light added around a point: strongest in the centre, nothing at the radius.
void glow(Canvas& canvas, Point centre, float radius, Rgb light);

/// A filled ellipse with a smooth edge, turned by `angle` radians.
struct Ellipse {
    Point centre;
    float radius_x = 1;
    float radius_y = 1;
    float angle = 0;
};
void fill_ellipse(Canvas& canvas, const Ellipse& ellipse, Rgb colour, float opacity);

}  // namespace imagify::demo
