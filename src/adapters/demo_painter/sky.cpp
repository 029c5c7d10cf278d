#include "adapters/demo_painter/sky.hpp"

#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

/// The plain gradient at `t` from the zenith (0) to the horizon (1).
Rgb gradient(const Palette& light, float t) {
    if (t < 0.42F) return mix_seen(light.zenith, light.upper, smoothstep(-0.1F, 0.42F, t));
    if (t < 0.78F) return mix_seen(light.upper, light.lower, (t - 0.42F) / 0.36F);
    return mix_seen(light.lower, light.horizon, smoothstep(0.78F, 1.05F, t));
}

void paint_gradient(Stage& stage) {
    const int bottom =
        std::min(stage.canvas.height(), to_int(stage.horizon + stage.height * 0.08F));
    const float reach = 1 / (stage.unit * 1000);
    const Rgb near_glow = stage.light.sun * (0.36F * stage.light.glow);
    const Rgb wide_glow = stage.light.sun * stage.light.horizon * (0.36F * stage.light.glow);
    for (int y = 0; y < bottom; ++y) {
        const Rgb base = gradient(stage.light, to_float(y) / stage.horizon);
        Rgb* row = stage.canvas.row(y);
        const float dy = (to_float(y) - stage.sun.y) * reach;
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float dx = (to_float(x) - stage.sun.x) * reach;
            const float d2 = dx * dx + dy * dy;
            const float flat = dx * dx * 0.35F + dy * dy * 2.2F;  // Haze spreads along the horizon.
            row[x] = base + near_glow * (1 / (1 + d2 * 160)) + wide_glow * (1 / (1 + flat * 14));
        }
    }
    for (int y = bottom; y < stage.canvas.height(); ++y) {
        std::fill_n(stage.canvas.row(y), stage.canvas.width(), stage.light.haze);
    }
}

}  // namespace

void paint_sky(Stage& stage) {
    paint_gradient(stage);
    const float clear = stage.has(Word::Storm) || stage.has(Word::Rain) ? 0.0F : 1.0F;
    if (stage.has(Word::MilkyWay)) paint_milky_way(stage);
    const float stars = stage.light.stars * (stage.has(Word::Stars) ? 1.6F : 0.9F) * clear;
    if (stars > 0.05F) paint_stars(stage, stars);
    if (stage.has(Word::Aurora)) paint_aurora(stage);
    if (clear > 0) paint_sun(stage);
    float cover = stage.dice("cover").between(0.30F, 0.55F);
    if (stage.light.hour == Hour::Night) cover *= 0.7F;
    if (stage.words.any({Word::Stars, Word::MilkyWay, Word::Aurora})) cover *= 0.35F;
    if (stage.has(Word::ClearSky)) cover = 0.12F;
    if (stage.has(Word::Clouds)) cover = 0.68F;
    if (stage.has(Word::Rain)) cover = 0.85F;
    if (stage.has(Word::Storm)) cover = 0.95F;
    // Ink leaves most of the paper empty.
    if (stage.has(Word::Ink)) cover *= 0.35F;
    paint_clouds(stage, cover);
    if (stage.has(Word::Rainbow)) paint_rainbow(stage);
    if (stage.has(Word::Storm)) paint_lightning(stage);
}

void paint_sun(Stage& stage) {
    const float unit = stage.unit;
    if (stage.sun.y > stage.horizon + 30 * unit || stage.sun.y < -100 * unit) return;
    if (!stage.moon) {
        const float radius = stage.light.hour == Hour::Noon ? 26 * unit : 38 * unit;
        glow(stage.canvas, stage.sun, radius * 7, stage.light.sun * 0.55F);
        fill_ellipse(stage.canvas, {stage.sun, radius, radius, 0}, stage.light.sun * 3.2F, 1);
        return;
    }
    const float radius = stage.has(Word::Moon) ? 74 * unit : 46 * unit;
    glow(stage.canvas, stage.sun, radius * 6, stage.light.sun * hex(0x9ab8ec) * 0.28F);
    glow(stage.canvas, stage.sun, radius * 2.1F, stage.light.sun * 0.30F);
    const Rgb bright = stage.light.sun * 1.15F;
    const Point dark_centre = stage.sun + Point{0.42F * radius, -0.22F * radius};
    const bool crescent = stage.has(Word::Crescent);
    const int top = std::max(0, to_int(stage.sun.y - radius - 1));
    const int bottom = std::min(stage.canvas.height(), to_int(stage.sun.y + radius + 2));
    for (int y = top; y < bottom; ++y) {
        for (int x = std::max(0, to_int(stage.sun.x - radius - 1));
             x < std::min(stage.canvas.width(), to_int(stage.sun.x + radius + 2)); ++x) {
            const float u = (to_float(x) + 0.5F - stage.sun.x) / radius;
            const float v = (to_float(y) + 0.5F - stage.sun.y) / radius;
            const float d = std::sqrt(u * u + v * v);
            float cover = clamp01((1 - d) * radius + 0.5F);
            if (cover <= 0) continue;
            if (crescent) {
                const float du = (to_float(x) + 0.5F - dark_centre.x) / radius;
                const float dv = (to_float(y) + 0.5F - dark_centre.y) / radius;
                cover *= clamp01((std::sqrt(du * du + dv * dv) - 0.92F) * radius * 0.7F);
            }
            const float maria =
                smoothstep(0.42F, 0.68F, fractal_noise(u * 1.5F + 3, v * 1.5F + 9, 5));
            const float craters = cloud_tile().at(u * 0.21F, v * 0.21F) - 0.5F;
            const float limb = 1 - 0.22F * d * d * d;
            blend(stage.canvas.row(y)[x], bright * (limb * (1 - 0.38F * maria + 0.35F * craters)),
                  cover);
        }
    }
}

}  // namespace imagify::demo
