#include <array>

#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/relief.hpp"

namespace imagify::demo {
namespace {

struct Peak {
    float x, z, height, spread;
};

/// A range: a few placed peaks give the composition, ridged noise gives the stone.
struct Range {
    Stage& stage;
    std::array<Peak, 6> peaks;
    float offset;
    float snow_line;
    float mist;

    float height(float x, float z) const {
        float mass = 0;
        for (const Peak& peak : peaks) {
            const float d2 =
                (square(x - peak.x) + square((z - peak.z) * 0.8F)) / square(peak.spread);
            mass = std::max(mass, peak.height / (1 + d2 * 1.4F));
        }
        const float warp = smooth_noise(x * 0.11F + offset, z * 0.11F) * 1.8F;
        const float stone =
            ridged_noise(x * 0.085F + offset + warp * 0.3F, z * 0.085F + warp * 0.3F, 5);
        const float fine = cloud_tile().at(x * 0.04F, z * 0.04F) - 0.5F;
        return mass * (0.30F + 0.95F * stone) + fine * (0.35F + mass * 0.14F) - 0.6F;
    }

    Rgb colour(const Spot& spot) const {
        const Palette& light = stage.light;
        const float rough = cloud_tile().at(spot.x * 0.11F + 0.3F, spot.z * 0.11F);
        const float steep = std::sqrt(square(spot.slope_x) + square(spot.slope_z));
        // The light comes from the sun's side, a little from behind the range.
        const float side = stage.light_side();
        const float facing = (-spot.slope_x * -side * -0.72F + spot.slope_z * -0.28F + 0.50F) /
                             std::sqrt(1 + steep * steep);
        const float lit = smoothstep(-0.02F, 0.75F, facing);
        Rgb albedo = mix(light.rock * 0.62F, light.rock, rough);
        const float green =
            smoothstep(1.5F, 0.5F, steep) * smoothstep(snow_line * 0.75F, 0, spot.h);
        albedo = mix(albedo, light.grass * 0.8F, green * 0.75F);
        const float snow =
            smoothstep(snow_line - 0.6F, snow_line + 1.0F, spot.h + (rough - 0.5F) * 3.4F) *
            smoothstep(2.6F, 0.9F, steep);
        albedo = mix(albedo, grey(0.92F), snow);
        Rgb c = stage.lit(albedo, lit * 0.95F);
        c += light.sun * (0.05F * light.glow * lit);
        const float air = 1 - std::exp(-(spot.z - 7) * 0.030F);
        const float low = mist * std::exp(-std::max(spot.h, 0.0F) * 0.75F) *
                          (0.5F + cloud_tile().at(spot.x * 0.03F, spot.z * 0.02F));
        return stage.through_air(c, clamp01(air + low * (1 - air)), spot.column);
    }

    void after_slice(float, float) const {}
};

}  // namespace

void paint_mountains(Stage& stage, float foot_row) {
    Dice dice = stage.dice("mountains");
    const float focal = stage.unit * 1000;
    const bool tall = stage.width < stage.height;
    const float third = stage.light_side() < 0 ? 1.0F : -1.0F;  // Opposite the sun.
    const float lift = tall ? 1.25F : 1.0F;
    const float half_view = stage.width / focal * 0.5F;
    Range range{stage, {}, dice.unit() * 50, 3.4F, 0.55F};
    if (stage.words.any({Word::Snow, Word::Winter}))
        range.snow_line = 0.8F;
    else if (stage.words.any({Word::Summer, Word::Terrace, Word::RiceField, Word::Village,
                              Word::Spring, Word::Sea, Word::Beach}))
        range.snow_line = 20;
    if (stage.words.any({Word::Fog, Word::CloudSea})) range.mist = 1.1F;
    const auto place = [&](std::size_t i, float at, float z, float height, float spread) {
        range.peaks[i] = {at * half_view * z, z, height * lift, spread};
    };
    place(0, third * dice.between(0.25F, 0.42F), 22, dice.between(7.4F, 8.6F), 4.2F);
    place(1, third * dice.between(0.75F, 0.95F), 27, dice.between(6.5F, 8.0F), 4.8F);
    place(2, -third * dice.between(0.05F, 0.2F), 34, dice.between(7.5F, 9.0F), 5.5F);
    place(3, -third * dice.between(0.55F, 0.75F), 38, dice.between(7.0F, 9.0F), 6.5F);
    place(4, -third * dice.between(0.85F, 1.1F), 20, dice.between(3.8F, 5.2F), 4.0F);
    place(5, third * dice.between(0.55F, 0.7F), 13, dice.between(1.6F, 2.4F), 3.6F);
    const Camera camera{foot_row - 0.9F / 11 * focal, focal, stage.width * 0.5F, 0.9F};
    paint_relief(stage.canvas, camera, {52, 11, 210}, range);
}

void paint_mist(Stage& stage, float row, float thickness, float opacity) {
    Dice dice(stage.seed ^ static_cast<std::uint64_t>(to_int(row)), "mist");
    const float shift = dice.unit();
    const int top = std::max(0, to_int(row - thickness));
    const int bottom = std::min(stage.canvas.height(), to_int(row + thickness));
    const float scale = 0.28F / (stage.unit * 1000);
    for (int y = top; y < bottom; ++y) {
        Rgb* line = stage.canvas.row(y);
        const float v = (to_float(y) - row) / thickness;
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float n =
                cloud_tile().at(to_float(x) * scale + shift, to_float(y) * scale * 3.2F);
            const float drift = v + (n - 0.5F) * 0.9F;
            const float body =
                clamp01(1 - drift * drift * 1.6F) * smoothstep(1, 0.25F, std::fabs(v));
            if (body <= 0) continue;
            const Rgb air = stage.through_air(grey(0), 1, to_float(x));
            blend(line[x], air * (0.94F + 0.18F * n), opacity * body * (0.45F + 0.85F * n));
        }
    }
}

}  // namespace imagify::demo
