#include <array>

#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/water.hpp"

namespace imagify::demo {

void paint_beach(Stage& stage) {
    Dice dice = stage.dice("beach");
    const float shift = dice.unit() * 20;
    const float side = stage.light_side();
    const Rgb sand = mix(hex(0xe8cfa4), stage.light.horizon, 0.15F);
    const Rgb foam = stage.light.shade * 0.55F + stage.light.key * 0.34F;
    for (int y = to_int(stage.horizon + stage.height * 0.1F); y < stage.canvas.height(); ++y) {
        Rgb* row = stage.canvas.row(y);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = to_float(x) / stage.width;
            const float bay = lerp(0.80F, 0.985F, smoothstep(0.0F, 1.0F, side < 0 ? 1 - u : u));
            const float lap = 0.030F * (smooth_noise(u * 5 + shift) - 0.5F) +
                              0.012F * (smooth_noise(u * 17 + shift) - 0.5F);
            const float shore = stage.height * (bay + lap);
            const float d = (to_float(y) - shore) / stage.unit;  // Positive on land.
            if (d < -95) continue;
            const float lace = cloud_tile().at(to_float(x) * 0.0016F / stage.unit,
                                               to_float(y) * 0.0058F / stage.unit);
            const float fine = grain_tile().at(to_float(x) * 0.0026F / stage.unit,
                                               to_float(y) * 0.0052F / stage.unit);
            if (d > 0) {
                const float dry = smoothstep(18, 120, d + (lace - 0.5F) * 70);
                const Rgb wet =
                    mix(sand * 0.34F * (stage.light.shade + stage.light.key * 0.2F), row[x], 0.55F);
                const Rgb land =
                    stage.lit(sand * (0.72F + 0.34F * fine + 0.3F * (lace - 0.5F)), 0.42F);
                row[x] = mix(wet, land, dry);
            } else {
                row[x] = mix(row[x], mix(row[x], stage.lit(hex(0x70d0c0), 0.35F) * 0.7F, 0.5F),
                             smoothstep(-95, 0, d) * 0.7F);
            }
            for (const float band : {0.0F, -30.0F, -62.0F}) {
                const float edge = d - band + (lace - 0.5F) * (band < 0 ? 34.0F : 10.0F);
                const float line = smoothstep(-15, -1, edge) * smoothstep(5, 0, edge);
                blend(row[x], foam,
                      clamp01(line * smoothstep(0.30F, 0.62F, fine + (band < 0 ? -0.05F : 0.18F)) *
                              1.2F));
            }
        }
    }
}

void paint_surf(Stage& stage) {
    Dice dice = stage.dice("surf");
    const Rgb foam = stage.light.shade * 0.6F + stage.light.key * 0.30F;
    const Rgb green = mix(stage.light.water * 2.2F, stage.lit(hex(0x38a8a0), 0.45F), 0.55F);
    constexpr int kWaves = 6;
    for (int wave = 0; wave < kWaves; ++wave) {
        const float near = (to_float(wave) + 1) / kWaves;
        const float base = lerp(stage.horizon, stage.height * 1.02F, std::pow(near, 1.5F));
        const float tall = stage.unit * lerp(7, 128, near * near);
        const float shift = dice.unit() * 40;
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = to_float(x) / (stage.unit * 1000);
            const float body =
                smoothstep(0.30F, 0.75F, smooth_noise(u * lerp(5, 1.7F, near) + shift));
            const float chop = smooth_noise(u * lerp(60, 22, near) + shift) - 0.5F;
            const float high = tall * (body + 0.10F * chop);
            if (high < 1.5F) continue;
            const float crest = base - high;
            for (int y = std::max(0, to_int(crest));
                 y < std::min(stage.canvas.height(), to_int(base)); ++y) {
                const float t = (to_float(y) - crest) / high;
                const float lace =
                    cloud_tile().at(u * lerp(5, 1.6F, near) + t * 0.06F * body, t * 0.22F + shift);
                const float spume =
                    grain_tile().at(u * lerp(6, 2.2F, near), to_float(y) * 0.0042F / stage.unit);
                Rgb c = mix(green * 1.5F, stage.light.water * 0.9F, smoothstep(0.0F, 0.75F, t));
                c += stage.light.sun * (0.10F * stage.light.glow * (1 - t));
                const float white = smoothstep(0.34F, 0.04F, t + (lace - 0.5F) * 0.5F) +
                                    0.30F * smoothstep(0.58F, 0.80F, lace) * (1 - t);
                c = mix(c, foam * (0.72F + 0.5F * spume), clamp01(white * (0.45F + spume)));
                const float edge = clamp01(to_float(y + 1) - crest) * smoothstep(1.0F, 0.72F, t);
                blend(stage.canvas.row(y)[x], c, edge * smoothstep(1.5F, 6, high));
            }
        }
        const int drops = to_int(30 + 140 * near);
        for (int i = 0; i < drops; ++i) {
            const float x = dice.unit() * stage.width;
            const float body = smoothstep(
                0.30F, 0.75F, smooth_noise(x / (stage.unit * 1000) * lerp(5, 1.7F, near) + shift));
            if (body < 0.5F) continue;
            dab(stage.canvas,
                {x + dice.bell() * 6, base - tall * body - std::fabs(dice.bell()) * tall * 0.13F},
                stage.unit * dice.between(1, 3.6F) * (0.4F + near), foam, 0.7F);
        }
    }
}

void paint_waterfall(Stage& stage, float foot_row) {
    Dice dice = stage.dice("waterfall");
    const float centre = stage.width * (stage.light_side() < 0 ? 0.60F : 0.40F);
    const float half = stage.unit * 92;
    const float shift = dice.unit() * 9;
    const Rgb foam = stage.light.shade * 0.72F + stage.light.key * 0.22F;
    for (int y = 0; y < to_int(foot_row); ++y) {
        Rgb* row = stage.canvas.row(y);
        const float v = to_float(y) / (stage.unit * 1000);
        const float t = to_float(y) / foot_row;
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = (to_float(x) - centre) / (stage.unit * 1000);
            const float crag = cloud_tile().at(u * 1.1F + shift, v * 0.42F);
            const float leaf = cloud_tile().at(u * 2.1F, v * 2.1F + shift);
            const float rim = 0.19F + 0.55F * std::fabs(u) * 0.1F +
                              0.17F * (smooth_noise(u * 4 + shift) - 0.5F) -
                              0.25F * square(u) * 1.5F + 0.02F * crag;
            const float inside = (t - rim) * foot_row;
            if (inside < 0) continue;
            const float ledge = cloud_tile().at(u * 0.8F, v * 2.6F + shift);
            const float face =
                smoothstep(0.34F, 0.68F, crag * 0.6F + ledge * 0.4F + 0.16F * (leaf - 0.5F));
            const float green = smoothstep(0.36F, 0.72F, leaf + 0.16F - 0.2F * t);
            Rgb c = stage.lit(mix(stage.light.rock * 0.45F,
                                  stage.light.grass *
                                      (0.10F + 0.42F * grain_tile().at(u * 1.7F, v * 1.7F)),
                                  green * 0.9F),
                              face * 0.7F) *
                    (0.28F + 0.9F * face);
            c = stage.through_air(c, 0.04F + 0.34F * smoothstep(0.62F, 1.0F, t), to_float(x));
            const float width =
                half * (0.72F + 0.5F * t) * (0.85F + 0.3F * smooth_noise(v * 6 + shift));
            const float off = (to_float(x) - centre) / width;
            const float streak = cloud_tile().at(u * 4.2F + shift, v * 0.20F);
            const float thread = grain_tile().at(u * 1.9F, v * 0.10F + shift);
            const float fall = smoothstep(1.0F, 0.62F, std::fabs(off) + (streak - 0.5F) * 0.7F);
            c = mix(c, foam * (0.52F + 0.38F * streak + 0.42F * thread), fall * 0.95F);
            blend(row[x], c, clamp01(inside + 0.5F));
        }
    }
    for (int i = 0; i < 90; ++i) {
        dab(stage.canvas,
            {centre + dice.bell() * half * 1.5F,
             foot_row - std::fabs(dice.bell()) * stage.unit * 46},
            stage.unit * dice.between(24, 80), foam, 0.13F);
    }
}

void paint_volcano(Stage& stage, float foot_row) {
    Dice dice = stage.dice("volcano");
    const Point top{stage.width * (stage.light_side() < 0 ? 0.62F : 0.38F),
                    foot_row - stage.unit * 330};
    for (int i = 0; i < 210; ++i) {  // Smoke that drifts away from the light.
        const float t = std::pow(dice.unit(), 0.8F);
        const Point at{top.x - stage.light_side() * t * t * stage.unit * 230 +
                           dice.bell() * stage.unit * (12 + 62 * t),
                       top.y - t * stage.unit * 250 + dice.bell() * stage.unit * (8 + 38 * t)};
        const Rgb tone =
            mix(hex(0xff6020) * 0.8F,
                mix(stage.light.cloud_shade, stage.light.cloud_lit, dice.unit() * 0.7F),
                smoothstep(0.0F, 0.3F, t));
        dab(stage.canvas, at, stage.unit * (18 + 62 * t) * dice.between(0.7F, 1.2F), tone, 0.24F);
    }
    const float shift = dice.unit() * 20;
    for (int x = 0; x < stage.canvas.width(); ++x) {
        const float off = std::fabs(to_float(x) - top.x) / (stage.unit * 1000);
        const float rise = std::max(0.0F, off - 0.035F);
        const float jag = (smooth_noise(to_float(x) / (stage.unit * 16) + shift) - 0.5F) * 12;
        const float crest = top.y + stage.unit * (330 * (1 - std::exp(-rise * 4.4F)) * 1.08F +
                                                  jag * (off > 0.03F ? 1.0F : 0.4F));
        for (int y = std::max(0, to_int(crest)); y < to_int(foot_row); ++y) {
            const float u = to_float(x) / (stage.unit * 1000);
            const float v = to_float(y) / (stage.unit * 1000);
            const float down = clamp01((to_float(y) - top.y) / (foot_row - top.y));
            const float gully = cloud_tile().at(
                (u - top.x / (stage.unit * 1000)) / (0.25F + down) * 0.9F + shift, v * 0.4F);
            const float facing =
                clamp01(0.4F + (to_float(x) - top.x) * stage.light_side() / (stage.unit * 420) +
                        (gully - 0.5F) * 1.6F);
            Rgb c = stage.lit(stage.light.rock * 0.5F, facing * 0.7F);
            const float lava = smoothstep(0.035F, 0.0F, std::fabs(gully - 0.5F)) *
                               smoothstep(0.75F, 0.05F, down) *
                               smoothstep(0.16F, 0.02F, off - down * 0.10F);
            c = stage.through_air(c, 0.18F + 0.5F * down * down, to_float(x)) +
                hex(0xff5a18) * (lava * 2.4F);
            blend(stage.canvas.row(y)[x], c, clamp01(to_float(y + 1) - crest));
        }
    }
    glow(stage.canvas, top, stage.unit * 150, hex(0xff6a20) * 1.1F);
}

void paint_far_bank(Stage& stage, float row) {
    Dice dice = stage.dice("far bank");
    for (int layer = 0; layer < 3; ++layer) {
        const float shift = dice.unit() * 50;
        const float air = 0.72F - 0.24F * to_float(layer);
        const float base = stage.unit * (58 - 17 * to_float(layer));
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = to_float(x) / (stage.unit * 1000);
            const float grove = smooth_noise(u * 3.4F + shift);
            const float leaf =
                smooth_noise(u * 42 + shift) * 0.6F + smooth_noise(u * 105 + shift) * 0.4F;
            const float tall = base * (0.25F + grove * 0.9F) * (0.72F + 0.5F * leaf);
            const float crest = row - tall;
            for (int y = std::max(0, to_int(crest)); y < to_int(row + 2); ++y) {
                const float t = (to_float(y) - crest) / tall;
                const float clump =
                    cloud_tile().at(u * 6 + shift, to_float(y) * 0.006F / stage.unit);
                const float facing = clamp01((1 - t) * 0.5F + (clump - 0.5F) * 1.1F);
                const Rgb c = stage.lit(stage.light.grass * (0.25F + 0.5F * clump), facing * 0.5F);
                blend(stage.canvas.row(y)[x], stage.through_air(c, air, to_float(x)),
                      clamp01(to_float(y + 1) - crest));
            }
        }
    }
}

void paint_cloud_sea(Stage& stage, float top_row) {
    constexpr int kBanks = 6;
    Dice dice = stage.dice("cloud sea");
    for (int bank = 0; bank < kBanks; ++bank) {
        const float near = to_float(bank) / (kBanks - 1);
        const float base = lerp(top_row, stage.height * 0.97F, std::pow(near, 1.35F));
        const float shift = dice.unit() * 9;
        const float scale = lerp(1.5F, 0.42F, near) / (stage.unit * 1000);
        const float tall = stage.unit * lerp(20, 118, near);
        const int last = bank + 1 == kBanks
                             ? stage.canvas.height()
                             : std::min(stage.canvas.height(), to_int(base + tall * 2.3F));
        for (int y = std::max(0, to_int(base - tall)); y < last; ++y) {
            Rgb* row = stage.canvas.row(y);
            for (int x = 0; x < stage.canvas.width(); ++x) {
                const float u = to_float(x) * scale + shift;
                const float v = to_float(y) * scale * 1.9F;
                const float puff = cloud_tile().at(u, v);
                const float surface = base + (cloud_tile().at(u, shift) - 0.5F) * tall * 1.7F;
                const float body = (to_float(y) - surface) / tall + (puff - 0.5F) * 1.3F;
                const float cover = smoothstep(-0.10F, 0.32F, body);
                if (cover <= 0) continue;
                const float above = cloud_tile().at(u + stage.light_side() * 0.012F, v - 0.02F);
                const float lit =
                    clamp01(0.62F + (puff - above) * 4.2F - 0.34F * smoothstep(0, 2.0F, body));
                const Rgb c = mix(stage.light.cloud_shade, stage.light.cloud_lit, lit);
                blend(row[x], stage.through_air(c, 0.62F * (1 - near), to_float(x)), cover * 0.93F);
            }
        }
    }
}

}  // namespace imagify::demo
