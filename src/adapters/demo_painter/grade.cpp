#include "adapters/demo_painter/grade.hpp"

#include <vector>

namespace imagify::demo {
namespace {

constexpr int kShrink = 4;

Rgb vector_min(Rgb a, Rgb b) { return __builtin_elementwise_min(a, b); }
Rgb vector_max(Rgb a, Rgb b) { return __builtin_elementwise_max(a, b); }

/// Three running means make a blur close to a Gaussian; `stride` walks rows or columns.
void blur_line(Rgb* line, std::ptrdiff_t stride, int count, int radius, std::vector<Rgb>& copy) {
    const float scale = 1 / to_float(2 * radius + 1);
    for (int pass = 0; pass < 3; ++pass) {
        for (int i = 0; i < count; ++i) copy[static_cast<std::size_t>(i)] = line[i * stride];
        const auto at = [&](int i) {
            return copy[static_cast<std::size_t>(std::clamp(i, 0, count - 1))];
        };
        Rgb sum{};
        for (int i = -radius; i <= radius; ++i) sum += at(i);
        for (int i = 0; i < count; ++i) {
            line[i * stride] = sum * scale;
            sum += at(i + radius + 1) - at(i - radius);
        }
    }
}

}  // namespace

void add_bloom(Canvas& canvas, float strength) {
    const int width = canvas.width() / kShrink;
    const int height = canvas.height() / kShrink;
    if (width < 2 || height < 2 || strength <= 0) return;
    Canvas light(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            Rgb sum{};
            for (int dy = 0; dy < kShrink; ++dy) {
                const Rgb* row = canvas.row(y * kShrink + dy) + x * kShrink;
                for (int dx = 0; dx < kShrink; ++dx) sum += row[dx];
            }
            sum *= 1.0F / (kShrink * kShrink);
            light.row(y)[x] = vector_min(vector_max(sum - 0.62F, Rgb{}), Rgb{} + 4) + sum * 0.06F;
        }
    }
    std::vector<Rgb> copy(static_cast<std::size_t>(std::max(width, height)));
    const int radius = std::max(2, std::min(width, height) / 22);
    for (int y = 0; y < height; ++y) blur_line(light.row(y), 1, width, radius, copy);
    for (int x = 0; x < width; ++x) blur_line(light.row(0) + x, width, height, radius, copy);
    for (int y = 0; y < canvas.height(); ++y) {
        const float v = (to_float(y) + 0.5F) / kShrink - 0.5F;
        const int r = std::clamp(floor_int(v), 0, height - 2);
        const float t = clamp01(v - to_float(r));
        const Rgb* upper = light.row(r);
        const Rgb* lower = light.row(r + 1);
        Rgb* row = canvas.row(y);
        for (int x = 0; x < canvas.width(); ++x) {
            const float u = (to_float(x) + 0.5F) / kShrink - 0.5F;
            const int c = std::clamp(floor_int(u), 0, width - 2);
            const float s = clamp01(u - to_float(c));
            const Rgb top = mix(upper[c], upper[c + 1], s);
            row[x] += mix(top, mix(lower[c], lower[c + 1], s), t) * strength;
        }
    }
}

Pixmap develop(const Canvas& canvas, const Grade& grade, std::uint64_t seed) {
    Pixmap picture{canvas.width(), canvas.height(), {}};
    picture.rgb.resize(static_cast<std::size_t>(canvas.width()) *
                       static_cast<std::size_t>(canvas.height()) * 3);
    std::uint8_t* out = picture.rgb.data();
    const float knee = 0.55F;
    const float room = 1 / (1 - knee);
    auto noise = static_cast<std::uint32_t>(mix_bits(seed)) | 1U;
    for (int y = 0; y < canvas.height(); ++y) {
        const Rgb* row = canvas.row(y);
        const float dy = to_float(y) / to_float(canvas.height()) - 0.5F;
        for (int x = 0; x < canvas.width(); ++x) {
            const float dx = to_float(x) / to_float(canvas.width()) - 0.5F;
            const float edge = (dx * dx + dy * dy) * 2;
            Rgb c = row[x] * (grade.exposure * (1 - grade.vignette * edge * edge * 1.6F));
            const float grey_value = luminance(c);
            c = vector_max(grey_value + (c - grey_value) * grade.saturation, Rgb{});
            const Rgb over = vector_max(c - knee, Rgb{});
            c = vector_min(c, Rgb{} + knee) + over / (1 + over * room);
            Rgb shown = __builtin_elementwise_sqrt(c);
            const Rgb curved = shown * shown * (3 - 2 * shown);
            shown += (curved - shown) * grade.contrast;
            noise = noise * 1664525U + 1013904223U;
            const float n1 = static_cast<float>(noise >> 8U) * (1.0F / 16777216.0F);
            noise = noise * 1664525U + 1013904223U;
            const float n2 = static_cast<float>(noise >> 8U) * (1.0F / 16777216.0F);
            // The triangle's base is two steps of 1/255: no banding, no visible dots.
            const float dither = (n1 + n2 - 1) * (1.0F / 255 + grade.grain);
            shown = vector_min(vector_max((shown + dither) * 255 + 0.5F, Rgb{}), Rgb{} + 255);
            *out++ = static_cast<std::uint8_t>(shown.x);
            *out++ = static_cast<std::uint8_t>(shown.y);
            *out++ = static_cast<std::uint8_t>(shown.z);
        }
    }
    return picture;
}

}  // namespace imagify::demo
