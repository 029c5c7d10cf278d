#include "adapters/demo_painter/water.hpp"

#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

/// The surface at one pixel: where it is in the world, how it slopes.
struct Ripple {
    float tilt;     // Towards or away from the viewer, -1 to 1.
    float sparkle;  // 0 to 1.
};

Ripple ripple_at(float u, float v, float swell) {
    const NoiseTile& tile = cloud_tile();
    const float broad = tile.at(u * 0.055F, v * 0.21F) - 0.5F;
    const float middle = tile.at(u * 0.16F + broad * 0.05F, v * 0.55F + 0.3F) - 0.5F;
    const float fine = grain_tile().at(u * 0.11F + 0.7F, v * 0.36F) - 0.5F;
    const float tilt = broad * (0.6F + swell) + middle * 1.2F + fine * 0.8F;
    return {tilt, clamp01((middle + fine) * 2.6F)};
}

}  // namespace

void paint_water(Stage& stage, const WaterLook& look) {
    Dice dice = stage.dice("water");
    const int top = std::clamp(to_int(look.waterline), 1, stage.canvas.height());
    const int bottom = stage.canvas.height();
    const float depth = to_float(bottom) - look.waterline;
    const float shift = dice.unit() * 5;
    const Palette& light = stage.light;
    const bool sun_in_sky = stage.sun.y < look.waterline;
    for (int y = top; y < bottom; ++y) {
        const float below = std::max(to_float(y) + 0.5F - look.waterline, 0.0F);
        const float t = below / depth;
        // Perspective: one world unit shrinks to a pixel at the waterline.
        const float distance = stage.unit * 150 / (below + stage.unit * 5);
        const float fresnel = lerp(0.92F, 0.42F, std::pow(t, 0.6F));
        const float push = (2.0F + 62 * t) * stage.unit * (0.35F + look.swell);
        const float path = stage.unit * (16 + 150 * t);
        const Rgb deep = light.water * (1 + 0.25F * t);
        Rgb* row = stage.canvas.row(y);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float across = (to_float(x) - stage.width * 0.5F) / (stage.unit * 110);
            const Ripple ripple =
                ripple_at(across * distance + shift, distance * 7 + shift, look.swell);
            const float source = look.waterline - below * 0.92F - 1 + ripple.tilt * push;
            const float offset = ripple.tilt * push * 0.16F;
            const int sx = to_int(std::clamp(to_float(x) + offset, 0.0F, stage.width - 1));
            const int sy = to_int(std::clamp(source, 0.0F, look.waterline - 1));
            const int sy2 = std::clamp(sy - to_int(push * 0.22F) - 1, 0, top - 1);
            const int sy3 = std::clamp(sy + to_int(push * 0.12F) + 1, 0, top - 1);
            const Rgb mirror = (stage.canvas.row(sy)[sx] * 2 + stage.canvas.row(sy2)[sx] +
                                stage.canvas.row(sy3)[sx]) *
                               0.25F;
            const float shine = clamp01(fresnel - ripple.tilt * 0.55F * (0.4F + look.swell));
            Rgb c = deep * (0.75F + ripple.tilt * 0.5F) * (1 - shine) + mirror * shine * 0.96F;
            if (sun_in_sky) {
                const float off = (to_float(x) - stage.sun.x) / path;
                const float lane = 1 / (1 + off * off * off * off + off * off);
                const float glint = smoothstep(0.25F, 0.8F, ripple.sparkle + lane * 0.25F);
                c += light.sun *
                     (light.glow * lane * (0.10F + 1.3F * glint) * (0.35F + 0.4F * (1 - t)));
            }
            row[x] = c;
        }
    }
}

}  // namespace imagify::demo
