#pragma once

#include <initializer_list>
#include <span>
#include <vector>

#include "adapters/demo_painter/canvas.hpp"

namespace imagify::demo {

/// A point of an outline given as a list: the curve runs smoothly through it, or breaks there.
struct Knot {
    float x;
    float y;
    bool corner = false;
};

/// How an outline drawn around its own origin comes onto the canvas. A negative `scale_x` mirrors.
struct Placement {
    Point origin;
    float scale_x = 1;
    float scale_y = 1;
    float angle = 0;

    Point operator()(Point p) const {
        const float x = p.x * scale_x;
        const float y = p.y * scale_y;
        const float c = std::cos(angle);
        const float s = std::sin(angle);
        return {origin.x + x * c - y * s, origin.y + x * s + y * c};
    }
};

/// Closed outlines made of lines and curves, in pixels.
class Shape {
public:
    void move_to(Point p);
    void line_to(Point p);
    void quad_to(Point control, Point end);
    void curve_to(Point control1, Point control2, Point end);
    void polygon(std::initializer_list<Point> points);
    /// A closed curve through all knots.
    void outline(std::span<const Knot> knots, const Placement& place);
    /// A stroke along the points whose width goes from `width_start` to `width_end`.
    void ribbon(std::span<const Point> points, float width_start, float width_end);

    struct Edge {
        Point from, to;
    };
    const std::vector<Edge>& edges() const { return edges_; }
    /// Closes the open contour and turns it so that overlapping ones add up; called by the filler.
    void close();

private:
    std::vector<Edge> edges_;
    std::size_t contour_ = 0;  // First edge of the open contour.
    Point start_{};
    Point pen_{};
};

/// How much of each pixel a shape covers, over the shape's clipped bounding box.
struct Coverage {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    std::vector<float> amount;
};
Coverage rasterize(Shape& shape, int canvas_width, int canvas_height);

/// Fills the shape; `paint(x, y)` gives the colour of a pixel.
template <class Paint>
void fill(Canvas& canvas, Shape& shape, float opacity, Paint paint) {
    const Coverage cover = rasterize(shape, canvas.width(), canvas.height());
    const float* amount = cover.amount.data();
    for (int y = cover.top; y < cover.top + cover.height; ++y) {
        Rgb* row = canvas.row(y) + cover.left;
        for (int i = 0; i < cover.width; ++i, ++amount) {
            if (*amount > 0.002F) blend(row[i], paint(cover.left + i, y), opacity * *amount);
        }
    }
}

inline void fill(Canvas& canvas, Shape& shape, Rgb colour, float opacity = 1) {
    fill(canvas, shape, opacity, [colour](int, int) { return colour; });
}

/// A body that darkens downwards from `top` to `bottom` and has a bright `rim` towards the light.
struct RimLight {
    Rgb top, bottom, rim;
    Point to_light;  ///< Offset in pixels: its length is the width of the rim.
};
void fill_rimmed(Canvas& canvas, Shape& shape, const RimLight& look);

}  // namespace imagify::demo
