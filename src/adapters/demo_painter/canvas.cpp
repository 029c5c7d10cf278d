#include "adapters/demo_painter/canvas.hpp"

namespace imagify::demo {
namespace {

struct Box {
    int left, top, right, bottom;  // Right and bottom are outside.
};

Box clip(const Canvas& canvas, Point centre, float reach_x, float reach_y) {
    const auto limit = [](float value, int size) {
        return std::clamp(floor_int(std::clamp(value, -1e6F, 1e6F)), 0, size);
    };
    return {limit(centre.x - reach_x, canvas.width()), limit(centre.y - reach_y, canvas.height()),
            limit(centre.x + reach_x + 1, canvas.width()),
            limit(centre.y + reach_y + 1, canvas.height())};
}

}  // namespace

void dab(Canvas& canvas, Point centre, float radius, Rgb colour, float opacity) {
    const Box box = clip(canvas, centre, radius, radius);
    const float scale = 1 / (radius * radius);
    for (int y = box.top; y < box.bottom; ++y) {
        Rgb* row = canvas.row(y);
        const float dy2 = square(to_float(y) + 0.5F - centre.y);
        for (int x = box.left; x < box.right; ++x) {
            const float d2 = (square(to_float(x) + 0.5F - centre.x) + dy2) * scale;
            if (d2 < 1) blend(row[x], colour, opacity * square(1 - d2));
        }
    }
}

void glow(Canvas& canvas, Point centre, float radius, Rgb light) {
    const Box box = clip(canvas, centre, radius, radius);
    const float scale = 1 / (radius * radius);
    for (int y = box.top; y < box.bottom; ++y) {
        Rgb* row = canvas.row(y);
        const float dy2 = square(to_float(y) + 0.5F - centre.y);
        for (int x = box.left; x < box.right; ++x) {
            const float d2 = (square(to_float(x) + 0.5F - centre.x) + dy2) * scale;
            if (d2 < 1) row[x] += light * (square(1 - d2) * (1 - d2));
        }
    }
}

void fill_ellipse(Canvas& canvas, const Ellipse& ellipse, Rgb colour, float opacity) {
    const float reach = std::max(ellipse.radius_x, ellipse.radius_y) + 1;
    const Box box = clip(canvas, ellipse.centre, reach, reach);
    const float c = std::cos(ellipse.angle);
    const float s = std::sin(ellipse.angle);
    const float edge = std::min(ellipse.radius_x, ellipse.radius_y);
    for (int y = box.top; y < box.bottom; ++y) {
        Rgb* row = canvas.row(y);
        const float dy = to_float(y) + 0.5F - ellipse.centre.y;
        for (int x = box.left; x < box.right; ++x) {
            const float dx = to_float(x) + 0.5F - ellipse.centre.x;
            const float u = (dx * c + dy * s) / ellipse.radius_x;
            const float v = (dy * c - dx * s) / ellipse.radius_y;
            const float inside = (1 - std::sqrt(u * u + v * v)) * edge + 0.5F;
            if (inside > 0) blend(row[x], colour, opacity * std::min(inside, 1.0F));
        }
    }
}

}  // namespace imagify::demo
