#include "adapters/demo_painter/label.hpp"

#include <array>
#include <span>

#include "adapters/demo_painter/shape.hpp"

namespace imagify::demo {
namespace {

constexpr float kLetterWidth = 0.62F;  // Of the letter's height, as all below.
constexpr float kLetterPitch = 0.98F;
constexpr float kStroke = 0.15F;

/// Height of the letters in pixels.
float label_size(int picture_width, int picture_height) {
    return std::max(6.0F, to_float(std::min(picture_width, picture_height)) * 0.0125F);
}

/// The strokes of one letter in a box of kLetterWidth by 1.
void add_letter(Shape& shape, char letter, Point at, float size) {
    const auto place = [&](float x, float y) { return at + Point{x * size, y * size}; };
    const auto stroke = [&](std::initializer_list<Point> unit_points) {
        std::vector<Point> points;
        for (const Point p : unit_points) points.push_back(place(p.x, p.y));
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            const std::array<Point, 2> leg{points[i], points[i + 1]};
            shape.ribbon(leg, kStroke * size, kStroke * size);
        }
    };
    const float w = kLetterWidth;
    switch (letter) {
        case 'D':
            stroke({{0, 0}, {0, 1}});
            stroke({{0, 0.07F}, {0.34F, 0.07F}, {w, 0.3F}, {w, 0.7F}, {0.34F, 0.93F}, {0, 0.93F}});
            break;
        case 'E':
            stroke({{0.04F, 0}, {0.04F, 1}});
            stroke({{0, 0.07F}, {w, 0.07F}});
            stroke({{0, 0.5F}, {w * 0.85F, 0.5F}});
            stroke({{0, 0.93F}, {w, 0.93F}});
            break;
        case 'M':
            stroke({{0, 1}, {0, 0}});
            stroke({{0.02F, 0.03F}, {w * 0.56F, 0.72F}, {w * 1.1F, 0.03F}});
            stroke({{w * 1.12F, 0}, {w * 1.12F, 1}});
            break;
        default:
            stroke({{0.18F, 0.07F},
                    {w - 0.14F, 0.07F},
                    {w, 0.3F},
                    {w, 0.7F},
                    {w - 0.14F, 0.93F},
                    {0.18F, 0.93F},
                    {0, 0.7F},
                    {0, 0.3F},
                    {0.18F, 0.07F}});
    }
}

}  // namespace

LabelBox label_box(int picture_width, int picture_height) {
    const float size = label_size(picture_width, picture_height);
    const int width = to_int(size * 6.4F);
    const int height = to_int(size * 2.4F);
    const int margin = to_int(size * 1.2F);
    return {picture_width - width - margin, picture_height - height - margin, width, height};
}

void draw_label(Pixmap& picture) {
    const LabelBox box = label_box(picture.width, picture.height);
    if (box.left < 0 || box.top < 0) return;
    const float size = label_size(picture.width, picture.height);
    Shape letters;
    float x = (to_float(box.width) - size * (3 * kLetterPitch + kLetterWidth + 0.05F)) * 0.5F;
    for (const char letter : {'D', 'E', 'M', 'O'}) {
        add_letter(letters, letter, {x, size * 0.7F}, size);
        x += kLetterPitch * size + (letter == 'M' ? 0.1F * size : 0);
    }
    const Coverage cover = rasterize(letters, box.width, box.height);
    const auto pixel = [&](int px, int py) {
        return picture.rgb.data() +
               (static_cast<std::ptrdiff_t>(box.top + py) * picture.width + box.left + px) * 3;
    };
    const float round = to_float(box.height) * 0.5F;
    for (int y = 0; y < box.height; ++y) {
        for (int i = 0; i < box.width; ++i) {
            const float middle = std::clamp(to_float(i) + 0.5F, round, to_float(box.width) - round);
            const float dx = to_float(i) + 0.5F - middle;
            const float dy = to_float(y) + 0.5F - round;
            const float plate = 0.34F * clamp01(round - std::sqrt(dx * dx + dy * dy) + 0.5F);
            float ink = 0;
            if (i >= cover.left && i < cover.left + cover.width && y >= cover.top &&
                y < cover.top + cover.height) {
                ink = 0.88F * cover.amount[static_cast<std::size_t>((y - cover.top) * cover.width +
                                                                    i - cover.left)];
            }
            std::uint8_t* rgb = pixel(i, y);
            for (int channel = 0; channel < 3; ++channel) {
                const float dark = static_cast<float>(rgb[channel]) * (1 - plate) + 14 * plate;
                rgb[channel] = static_cast<std::uint8_t>(std::lround(lerp(dark, 250, ink)));
            }
        }
    }
}

}  // namespace imagify::demo
