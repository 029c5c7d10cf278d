#include "adapters/demo_painter/styles.hpp"

#include <array>

#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

/// The lightness the eye sees, after a soft shoulder: 0 to 1.
float seen(Rgb c) {
    const float light = std::max(luminance(c), 0.0F);
    return std::sqrt(light / (1 + 0.35F * light)) * 1.05F;
}

/// How strongly lightness changes here; only pixels not yet restyled are read.
float edge_at(const Canvas& canvas, int x, int y, int reach) {
    const float here = seen(canvas.row(y)[x]);
    return std::fabs(seen(canvas.near(x + reach, y)) - here) +
           std::fabs(seen(canvas.near(x, y + reach)) - here);
}

template <class Restyle>
void each_pixel(Stage& stage, Restyle restyle) {
    for (int y = 0; y < stage.canvas.height(); ++y) {
        Rgb* row = stage.canvas.row(y);
        for (int x = 0; x < stage.canvas.width(); ++x) row[x] = restyle(row[x], x, y);
    }
}

void lacquer(Stage& stage, Grade& grade) {
    constexpr std::array<std::uint32_t, 7> kLayers{0x0a0505, 0x210806, 0x5c110b, 0xa32512,
                                                   0xcf6a20, 0xe9b450, 0xfaeac4};
    const float scale = 1 / (stage.unit * 1000);
    const Rgb leaf = hex(0xffd878);
    each_pixel(stage, [&](Rgb c, int x, int y) {
        const float u = to_float(x) * scale;
        const float v = to_float(y) * scale;
        const float rubbed = cloud_tile().at(u * 0.7F, v * 0.7F) - 0.5F;
        const float fleck = grain_tile().at(u * 0.8F, v * 0.8F);
        const float line = smoothstep(0.04F, 0.20F, edge_at(stage.canvas, x, y, 2));
        // Lightness is spread out: the ground of a lacquer picture is nearly black.
        const float tone =
            std::clamp(std::pow(seen(c), 2.3F) * 1.05F + rubbed * 0.10F, 0.0F, 1.0F) * 5.999F;
        const int layer = to_int(tone);
        const auto i = static_cast<std::size_t>(layer);
        const Rgb ground = mix_seen(hex(kLayers[i]), hex(kLayers[i + 1]),
                                    smoothstep(0.15F, 0.85F, tone - to_float(layer)));
        Rgb out = mix(ground, saturate(c, 1.2F) * 0.8F, 0.26F);
        const float gilt = smoothstep(0.62F, 0.72F, fleck) * smoothstep(3.4F, 4.6F, tone);
        out = mix(out, leaf * (0.5F + 0.9F * fleck), gilt * 0.34F);
        return mix(out, leaf * 0.8F, line * 0.30F * smoothstep(0.4F, 2.4F, tone));
    });
    grade = {1.04F, 0, 0.30F, 1.10F, 0.42F, 0.006F};
}

void silk(Stage& stage, Grade& grade) {
    const float scale = 1 / (stage.unit * 1000);
    const Rgb cream = hex(0xf4e6c8);
    const Rgb umber = hex(0x4a3a34);
    const float lift = stage.light.dark() ? 1.75F : 1.0F;
    each_pixel(stage, [&](Rgb c, int x, int y) {
        const float line = smoothstep(0.06F, 0.26F, edge_at(stage.canvas, x, y, 2) * lift);
        const float tone = clamp01(std::pow(seen(c), 1 / lift) * 1.02F);
        const Rgb dye = saturate(c, 0.85F) / std::max(luminance(c), 0.01F);
        // Thin colour over cream silk: the cloth shines through everywhere.
        Rgb out = mix_seen(umber, cream, smoothstep(0.02F, 0.95F, tone));
        out = mix(out, out * (grey(0.55F) + dye * 0.45F), 0.75F);
        out *= 1 - 0.26F * line;
        const float weft = 0.5F + 0.5F * std::sin(to_float(y) * 2.1F + to_float(x % 2) * 1.5F);
        const float warp = 0.5F + 0.5F * std::sin(to_float(x) * 2.1F);
        const float slub = cloud_tile().at(to_float(x) * scale * 0.7F, to_float(y) * scale * 6);
        return out * (0.94F + 0.05F * warp + 0.05F * weft + 0.10F * (slub - 0.5F));
    });
    grade = {1.0F, 0, 0.22F, 1.05F, 0.20F, 0.006F};
}

void stamp_seal(Stage& stage) {
    const float size = stage.unit * 52;
    const Point at{stage.width * 0.075F, stage.height * 0.885F};
    const Rgb red = hex(0xb82a1e);
    Shape seal;
    const auto bar = [&](float x0, float y0, float x1, float y1) {
        seal.polygon({at + Point{x0 * size, y1 * size}, at + Point{x0 * size, y0 * size},
                      at + Point{x1 * size, y0 * size}, at + Point{x1 * size, y1 * size}});
    };
    bar(0, 0, 1, 0.09F);
    bar(0, 0.91F, 1, 1);
    bar(0, 0.09F, 0.09F, 0.91F);
    bar(0.91F, 0.09F, 1, 0.91F);
    // A simplified seal-script mountain over water.
    bar(0.46F, 0.18F, 0.55F, 0.48F);
    bar(0.22F, 0.28F, 0.31F, 0.48F);
    bar(0.70F, 0.28F, 0.79F, 0.48F);
    bar(0.22F, 0.48F, 0.79F, 0.56F);
    for (const float y : {0.64F, 0.76F}) bar(0.22F, y, 0.79F, y + 0.065F);
    fill(stage.canvas, seal, 0.88F, [&](int x, int y) {
        const float worn =
            grain_tile().at(to_float(x) * 0.004F / stage.unit, to_float(y) * 0.004F / stage.unit);
        return mix(red, hex(0xe8d8c0), smoothstep(0.60F, 0.75F, worn));
    });
}

void ink(Stage& stage, Grade& grade) {
    const float scale = 1 / (stage.unit * 1000);
    const Rgb paper = hex(0xf3ead8);
    const Rgb black = hex(0x1c1a1e);
    const bool night = stage.light.dark();
    each_pixel(stage, [&](Rgb c, int x, int y) {
        const float u = to_float(x) * scale;
        const float v = to_float(y) * scale;
        const float pool = cloud_tile().at(u * 0.8F, v * 0.8F) - 0.5F;
        const float fibre = grain_tile().at(u * 0.9F, v * 0.9F) - 0.5F;
        const float line = smoothstep(0.035F, 0.22F, edge_at(stage.canvas, x, y, 2));
        float tone = seen(c);
        if (night) tone = std::pow(tone, 0.62F) * 1.15F;
        // Washes in a few strengths with soft borders, as diluted ink dries.
        const float wash = clamp01(1.16F - tone * 1.18F + pool * 0.16F) * 5;
        const float step = std::floor(wash);
        const float density =
            (0.45F * (step + smoothstep(0.15F, 0.85F, wash - step)) + 0.55F * wash) / 5;
        const float amount = clamp01(std::pow(density, 1.3F) * (1.22F + fibre * 0.5F) +
                                     line * 0.34F * (0.4F + density));
        const Rgb tint = mix(black, saturate(c, 0.8F) * 0.4F, 0.16F);
        return mix(paper * (0.965F + 0.10F * fibre + 0.05F * pool), tint, amount);
    });
    stamp_seal(stage);
    grade = {1.0F, 0, 0.10F, 1.0F, 0.10F, 0.006F};
}

/// Copies the picture at a quarter of its size: the colours that a brush picks up.
Canvas shrink(const Canvas& canvas, int by) {
    Canvas small((canvas.width() + by - 1) / by, (canvas.height() + by - 1) / by);
    for (int y = 0; y < small.height(); ++y) {
        for (int x = 0; x < small.width(); ++x) {
            Rgb sum{};
            for (int k = 0; k < by * by; ++k) sum += canvas.near(x * by + k % by, y * by + k / by);
            small.row(y)[x] = sum * (1 / to_float(by * by));
        }
    }
    return small;
}

/// Repaints with strokes of about `length` pixels that follow a slow flow.
void brush_strokes(Stage& stage, const Canvas& colours, int by, float length, float width,
                   float opacity) {
    Dice dice(stage.seed, "brush");
    const float shift = dice.unit() * 30;
    const float pitch = width * 1.35F;
    for (float y = 0; y < stage.height + pitch; y += pitch) {
        for (float x = 0; x < stage.width + pitch * 2; x += pitch * 2.1F) {
            const Point at{x + dice.bell() * pitch, y + dice.bell() * pitch * 0.6F};
            const Rgb tone = colours.near(to_int(at.x) / by, to_int(at.y) / by);
            const float turn =
                (smooth_noise(at.x / (stage.unit * 260) + shift, at.y / (stage.unit * 260)) -
                 0.5F) *
                6.5F;
            fill_ellipse(
                stage.canvas,
                {at, length * dice.between(0.35F, 0.6F), width * dice.between(0.42F, 0.62F), turn},
                saturate(tone, 1.12F) * dice.between(0.84F, 1.18F), opacity);
        }
    }
}

void oil(Stage& stage, Grade& grade) {
    const Canvas colours = shrink(stage.canvas, 4);
    brush_strokes(stage, colours, 4, stage.unit * 30, stage.unit * 9, 0.72F);
    brush_strokes(stage, colours, 4, stage.unit * 17, stage.unit * 5, 0.50F);
    grade = {1.03F, 0, 0.30F, 1.22F, 0.16F, 0.008F};
}

void watercolor(Stage& stage, Grade& grade) {
    const float scale = 1 / (stage.unit * 1000);
    const Rgb paper = hex(0xfaf5ea);
    each_pixel(stage, [&](Rgb, int x, int y) {
        const float u = to_float(x) * scale;
        const float v = to_float(y) * scale;
        const float bleed_x = cloud_tile().at(u * 1.4F, v * 1.4F) - 0.5F;
        const float bleed_y = cloud_tile().at(u * 1.4F + 0.4F, v * 1.4F + 0.7F) - 0.5F;
        const float tooth = grain_tile().at(u * 1.1F, v * 1.1F) - 0.5F;
        // Reads only below and to the right, where nothing has been changed yet.
        const int sx = x + to_int((bleed_x + 0.5F) * 13 * stage.unit);
        const int sy = y + to_int((bleed_y + 0.5F) * 13 * stage.unit);
        const Rgb c = stage.canvas.near(std::max(sx, x), sy > y ? sy : y);
        const float line = smoothstep(
            0.04F, 0.20F,
            edge_at(stage.canvas, std::clamp(std::max(sx, x), 0, stage.canvas.width() - 1),
                    std::clamp(sy, y, stage.canvas.height() - 1), 3));
        const float tone = seen(c);
        Rgb pigment = saturate(c / (1 + 0.45F * c), 1.45F);
        pigment = mix(pigment, paper, 0.06F + 0.22F * tone * tone);
        pigment *= 1 - (0.20F * line + 0.16F * bleed_x + 0.20F * tooth) * (1.15F - tone);
        const float inset = std::min(std::min(to_float(x), stage.width - to_float(x)),
                                     std::min(to_float(y), stage.height - to_float(y))) /
                            stage.unit;
        const float border = smoothstep(14, 34, inset + bleed_x * 46 + tooth * 10);
        return mix(paper * (0.98F + 0.06F * tooth), pigment, border);
    });
    grade = {1.03F, 0, 0.10F, 1.10F, 0.05F, 0.005F};
}

void pixel(Stage& stage, Grade& grade) {
    const int block = std::max(2, to_int(std::round(stage.unit * 6.25F)));
    constexpr std::array<float, 16> kBayer{0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    constexpr float kLevels = 11;
    for (int top = 0; top < stage.canvas.height(); top += block) {
        for (int left = 0; left < stage.canvas.width(); left += block) {
            const int right = std::min(left + block, stage.canvas.width());
            const int bottom = std::min(top + block, stage.canvas.height());
            Rgb sum{};
            for (int y = top; y < bottom; ++y) {
                for (int x = left; x < right; ++x) sum += stage.canvas.row(y)[x];
            }
            const Rgb mean = saturate(sum / to_float((right - left) * (bottom - top)), 1.25F);
            const Rgb shown = __builtin_elementwise_sqrt(mean / (1 + 0.30F * mean)) * 1.10F;
            const auto cell = static_cast<std::size_t>((top / block % 4) * 4 + left / block % 4);
            const float threshold = (kBayer[cell] + 0.5F) / 16 - 0.5F;
            const Rgb level =
                __builtin_elementwise_floor(shown * kLevels + 0.5F + threshold * 0.55F) / kLevels;
            for (int y = top; y < bottom; ++y) {
                for (int x = left; x < right; ++x) stage.canvas.row(y)[x] = level * level;
            }
        }
    }
    grade = {1.0F, 0, 0.12F, 1.08F, 0.10F, 0};
}

void neon(Stage& stage, Grade& grade) {
    each_pixel(stage, [&](Rgb c, int x, int y) {
        const float tone = seen(c);
        const float across = to_float(x) / stage.width * 0.6F + to_float(y) / stage.height * 0.4F;
        const Rgb electric = mix_seen(hex(0x18d8ff), hex(0xff2ea0), smoothstep(0.2F, 0.8F, across));
        const Rgb deep = hex(0x120a38);
        Rgb out = mix(deep * (0.4F + 1.5F * tone), c, 0.55F);
        out = mix(out, electric * (tone * tone * 1.4F), 0.34F * smoothstep(0.12F, 0.6F, tone));
        const float line = smoothstep(0.05F, 0.3F, edge_at(stage.canvas, x, y, 1));
        return out + electric * (line * 0.16F);
    });
    grade = {1.10F, 0.85F, 0.42F, 1.30F, 0.36F, 0.010F};
}

}  // namespace

void apply_style(Stage& stage, Grade& grade) {
    using Apply = void (*)(Stage&, Grade&);
    constexpr std::pair<Word, Apply> kStyles[] = {
        {Word::Pixel, pixel},     {Word::Ink, ink},   {Word::Watercolor, watercolor},
        {Word::Lacquer, lacquer}, {Word::Silk, silk}, {Word::Oil, oil},
        {Word::Neon, neon},
    };
    for (const auto& [word, apply] : kStyles) {
        if (!stage.has(word)) continue;
        apply(stage, grade);
        return;
    }
}

}  // namespace imagify::demo
