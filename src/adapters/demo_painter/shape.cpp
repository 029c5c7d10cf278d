#include "adapters/demo_painter/shape.hpp"

namespace imagify::demo {
namespace {

constexpr int kMostCurveSteps = 24;

/// Adds to `cells` the signed area that an edge inside one pixel row takes from the pixels right
/// of it (the accumulation method of font-rs): a running sum of the row is then the coverage.
void add_row_edge(float* cells, int width, float x0, float x1, float dy) {
    const float left = std::clamp(std::min(x0, x1), 0.0F, to_float(width));
    const float right = std::clamp(std::max(x0, x1), 0.0F, to_float(width));
    const int first = to_int(left);
    const int last = to_int(std::ceil(right));
    if (first >= width) return;
    if (last <= first + 1) {
        const float middle = (left + right) * 0.5F - to_float(first);
        cells[first] += dy * (1 - middle);
        cells[first + 1] += dy * middle;
        return;
    }
    const float slope = 1 / (right - left);
    const float head = 1 - (left - to_float(first));
    const float start = 0.5F * slope * head * head;
    const float tail = right - to_float(last) + 1;
    const float end = 0.5F * slope * tail * tail;
    cells[first] += dy * start;
    if (last == first + 2) {
        cells[first + 1] += dy * (1 - start - end);
    } else {
        const float second = slope * (1.5F - (left - to_float(first)));
        cells[first + 1] += dy * (second - start);
        for (int x = first + 2; x < last - 1; ++x) cells[x] += dy * slope;
        const float before = second + to_float(last - first - 3) * slope;
        cells[last - 1] += dy * (1 - before - end);
    }
    cells[last] += dy * end;
}

void add_edge(Coverage& cover, int pitch, const Shape::Edge& edge) {
    Point a{edge.from.x - to_float(cover.left), edge.from.y - to_float(cover.top)};
    Point b{edge.to.x - to_float(cover.left), edge.to.y - to_float(cover.top)};
    if (a.y == b.y) return;
    const float direction = a.y < b.y ? 1.0F : -1.0F;
    if (a.y > b.y) std::swap(a, b);
    const float slope = (b.x - a.x) / (b.y - a.y);
    const float top = std::max(a.y, 0.0F);
    const float bottom = std::min(b.y, to_float(cover.height));
    for (int y = to_int(top); y < cover.height && to_float(y) < bottom; ++y) {
        const float y0 = std::max(to_float(y), top);
        const float y1 = std::min(to_float(y + 1), bottom);
        if (y1 <= y0) continue;
        add_row_edge(cover.amount.data() + static_cast<std::ptrdiff_t>(y) * pitch, cover.width,
                     a.x + (y0 - a.y) * slope, a.x + (y1 - a.y) * slope, direction * (y1 - y0));
    }
}

int curve_steps(Point a, Point b, Point c) {
    const float length =
        std::fabs(b.x - a.x) + std::fabs(b.y - a.y) + std::fabs(c.x - b.x) + std::fabs(c.y - b.y);
    return std::clamp(to_int(std::sqrt(length) * 1.2F), 2, kMostCurveSteps);
}

}  // namespace

void Shape::move_to(Point p) {
    close();
    start_ = pen_ = p;
}

void Shape::line_to(Point p) {
    edges_.push_back({pen_, p});
    pen_ = p;
}

void Shape::close() {
    if (pen_.x != start_.x || pen_.y != start_.y) line_to(start_);
    const std::span<Edge> contour = std::span(edges_).subspan(contour_);
    float area = 0;
    for (const Edge& edge : contour) area += edge.from.x * edge.to.y - edge.to.x * edge.from.y;
    if (area < 0) {
        for (Edge& edge : contour) std::swap(edge.from, edge.to);
    }
    contour_ = edges_.size();
}

void Shape::quad_to(Point control, Point end) {
    curve_to(pen_ + (control - pen_) * (2.0F / 3), end + (control - end) * (2.0F / 3), end);
}

void Shape::curve_to(Point control1, Point control2, Point end) {
    const Point from = pen_;
    const int steps = curve_steps(from, (control1 + control2) * 0.5F, end);
    for (int i = 1; i <= steps; ++i) {
        const float t = to_float(i) / to_float(steps);
        const float u = 1 - t;
        line_to(from * (u * u * u) + control1 * (3 * u * u * t) + control2 * (3 * u * t * t) +
                end * (t * t * t));
    }
}

void Shape::polygon(std::initializer_list<Point> points) {
    bool first = true;
    for (const Point p : points) {
        if (first)
            move_to(p);
        else
            line_to(p);
        first = false;
    }
    close();
}

void Shape::outline(std::span<const Knot> knots, const Placement& place) {
    const std::size_t count = knots.size();
    if (count < 3) return;
    const auto at = [&](std::size_t i) {
        const Knot& knot = knots[i % count];
        return Point{knot.x, knot.y};
    };
    move_to(place(at(0)));
    for (std::size_t i = 0; i < count; ++i) {
        const Point from = at(i);
        const Point to = at(i + 1);
        // Catmull-Rom tangents; a corner has none.
        const Point leave = knots[i].corner ? Point{} : (to - at(i + count - 1)) * (1.0F / 6);
        const Point arrive =
            knots[(i + 1) % count].corner ? Point{} : (at(i + 2) - from) * (1.0F / 6);
        curve_to(place(from + leave), place(to - arrive), place(to));
    }
    close();
}

void Shape::ribbon(std::span<const Point> points, float width_start, float width_end) {
    const std::size_t count = points.size();
    if (count < 2) return;
    std::vector<Point> back;
    back.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Point ahead = points[std::min(i + 1, count - 1)];
        const Point behind = points[i == 0 ? 0 : i - 1];
        const Point along = ahead - behind;
        const float length = std::max(std::sqrt(along.x * along.x + along.y * along.y), 1e-4F);
        const float t = static_cast<float>(i) / static_cast<float>(count - 1);
        const float half = lerp(width_start, width_end, t) * 0.5F / length;
        const Point across{-along.y * half, along.x * half};
        if (i == 0)
            move_to(points[i] + across);
        else
            line_to(points[i] + across);
        back.push_back(points[i] - across);
    }
    for (std::size_t i = count; i-- > 0;) line_to(back[i]);
    close();
}

Coverage rasterize(Shape& shape, int canvas_width, int canvas_height) {
    shape.close();
    Coverage cover;
    if (shape.edges().empty()) return cover;
    float left = 1e9F;
    float top = 1e9F;
    float right = -1e9F;
    float bottom = -1e9F;
    for (const Shape::Edge& edge : shape.edges()) {
        left = std::min(left, edge.to.x);
        right = std::max(right, edge.to.x);
        top = std::min(top, edge.to.y);
        bottom = std::max(bottom, edge.to.y);
    }
    const auto limit = [](float value, int size) {
        return floor_int(std::clamp(value, 0.0F, to_float(size)));
    };
    cover.left = limit(left, canvas_width);
    cover.top = limit(top, canvas_height);
    cover.width = limit(right + 1, canvas_width) - cover.left;
    cover.height = limit(bottom + 1, canvas_height) - cover.top;
    if (cover.width <= 0 || cover.height <= 0) {
        cover.width = cover.height = 0;
        return cover;
    }
    const int pitch = cover.width + 2;
    cover.amount.assign(static_cast<std::size_t>(pitch) * static_cast<std::size_t>(cover.height),
                        0);
    for (const Shape::Edge& edge : shape.edges()) add_edge(cover, pitch, edge);
    float* out = cover.amount.data();
    for (int y = 0; y < cover.height; ++y) {
        const float* cells = cover.amount.data() + static_cast<std::ptrdiff_t>(y) * pitch;
        float sum = 0;
        for (int x = 0; x < cover.width; ++x) {
            sum += cells[x];
            *out++ = std::min(std::fabs(sum), 1.0F);
        }
    }
    return cover;
}

void fill_rimmed(Canvas& canvas, Shape& shape, const RimLight& look) {
    const Coverage cover = rasterize(shape, canvas.width(), canvas.height());
    const int dx = to_int(std::round(look.to_light.x));
    const int dy = to_int(std::round(look.to_light.y));
    const auto amount = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= cover.width || y >= cover.height) return 0.0F;
        return cover.amount[(static_cast<std::size_t>(y) * static_cast<std::size_t>(cover.width)) +
                            static_cast<std::size_t>(x)];
    };
    const float fall = 1 / std::max(1.0F, to_float(cover.height));
    for (int y = 0; y < cover.height; ++y) {
        Rgb* row = canvas.row(cover.top + y) + cover.left;
        const Rgb body = mix(look.top, look.bottom, to_float(y) * fall);
        for (int x = 0; x < cover.width; ++x) {
            const float here = amount(x, y);
            if (here < 0.002F) continue;
            const float open = clamp01(1 - amount(x + dx, y + dy));
            const float half = clamp01(1 - amount(x + dx / 2, y + dy / 2));
            blend(row[x], mix(body, look.rim, 0.55F * open * (0.4F + 0.6F * half)), here);
        }
    }
}

}  // namespace imagify::demo
