#include <array>
#include <vector>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/sky.hpp"

namespace imagify::demo {
namespace {

/// Few bright stars, many faint ones; most are white, some blue or orange.
void paint_star(Stage& stage, Dice& dice, Point at, float strength) {
    const float bright = std::pow(dice.unit(), 14.0F);
    const float warm = dice.unit();
    const Rgb tone = warm < 0.2F ? hex(0xa8c4ff) : warm > 0.85F ? hex(0xffd2a0) : hex(0xf4f4ff);
    const float radius = stage.unit * (1.0F + 2.2F * bright) + 0.35F;
    glow(stage.canvas, at, radius, tone * (strength * (0.35F + 2.6F * bright)));
    if (bright > 0.6F) glow(stage.canvas, at, radius * 4, tone * (strength * 0.12F));
}

}  // namespace

void paint_stars(Stage& stage, float amount) {
    Dice dice = stage.dice("stars");
    const int count = to_int(900 * std::min(amount, 1.6F) * stage.horizon * stage.width /
                             square(stage.unit * 1000) * 1.5F);
    for (int i = 0; i < count; ++i) {
        const Point at{dice.unit() * stage.width, dice.unit() * stage.horizon};
        const float low = smoothstep(1.0F, 0.55F, at.y / stage.horizon);
        const float moonlight =
            stage.moon ? smoothstep(90, 330,
                                    std::hypot(at.x - stage.sun.x, at.y - stage.sun.y) / stage.unit)
                       : 1.0F;
        paint_star(stage, dice, at, std::min(amount, 1.0F) * low * moonlight);
    }
}

void paint_milky_way(Stage& stage) {
    Dice dice = stage.dice("milky way");
    const float lean = dice.side() * dice.between(0.45F, 0.75F);
    const float middle = stage.width * dice.between(0.4F, 0.6F);
    const float shift = dice.unit() * 9;
    const int bottom = std::min(stage.canvas.height(), to_int(stage.horizon));
    const float scale = 1 / (stage.unit * 1000);
    const Rgb core = hex(0xffd8b8);
    const Rgb rim = hex(0x7f9cff);
    const Rgb rose = hex(0xd070c0);
    std::vector<Point> dense;
    for (int y = 0; y < bottom; ++y) {
        const float v = (to_float(y) - stage.horizon * 0.5F) * scale;
        const float fade = smoothstep(1.02F, 0.6F, to_float(y) / stage.horizon);
        Rgb* row = stage.canvas.row(y);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = (to_float(x) - middle) * scale;
            const float along = v + u * lean;
            const float across = (u - v * lean) / std::sqrt(1 + lean * lean);
            const float warp = cloud_tile().at(u * 0.4F + shift, v * 0.4F) - 0.5F;
            const float off = (across + warp * 0.16F) / 0.17F;
            const float band = 1 / (1 + off * off * off * off * 2 + off * off);
            if (band < 0.06F) continue;
            const float cloud = cloud_tile().at(u * 0.75F + shift + warp * 0.15F, v * 0.75F);
            const float dust = cloud_tile().at(across * 1.3F + shift, along * 0.5F + warp * 0.2F);
            const float lane = smoothstep(0.62F, 0.40F, dust + 0.16F * std::exp(-off * off * 5));
            const float light = band * fade * (0.25F + cloud) * (0.22F + 0.78F * lane);
            row[x] += mix(rim, core, band * band * lane) * (light * 0.30F) +
                      rose * (light * band * (1 - lane) * 0.12F);
            if (lattice(x, y) < light * 0.022F) dense.push_back({to_float(x), to_float(y)});
        }
    }
    for (const Point at : dense) paint_star(stage, dice, at, 0.8F);
}

void paint_aurora(Stage& stage) {
    Dice dice = stage.dice("aurora");
    constexpr int kCurtains = 3;
    const Rgb green = hex(0x3dffa0);
    const Rgb blue = hex(0x30b8ff);
    const Rgb violet = hex(0xb050ff);
    const int bottom = std::min(stage.canvas.height(), to_int(stage.horizon));
    for (int i = 0; i < kCurtains; ++i) {
        const float shift = dice.unit() * 40;
        const float base =
            stage.horizon * (0.80F - 0.17F * to_float(i) + dice.between(-0.04F, 0.04F));
        const float strength = 0.85F - 0.2F * to_float(i);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = to_float(x) / (stage.unit * 1000);
            const float fold = smooth_noise(u * 2.1F + shift) - 0.5F;
            const float wave = smooth_noise(u * 5.3F + shift + fold * 2) - 0.5F;
            const float foot = base + stage.horizon * (0.46F * fold + 0.09F * wave);
            const float ray = 0.35F + 0.65F * smooth_noise(u * 34 + shift + wave * 9);
            const float body =
                smoothstep(0.22F, 0.62F, smooth_noise(u * 3.1F + shift * 1.7F + fold));
            const float tall = stage.horizon * (0.22F + 0.34F * ray * body);
            const float power = strength * body * (0.35F + 0.65F * ray);
            if (power < 0.01F) continue;
            const int top = std::max(0, to_int(foot - tall * 2.6F));
            for (int y = top; y < std::min(bottom, to_int(foot + tall * 0.16F)); ++y) {
                const float rise = (foot - to_float(y)) / tall;
                const float shape = rise < 0 ? square(1 + rise / 0.16F) : std::exp(-rise * 1.9F);
                const Rgb tone =
                    rise < 0.5F ? mix(green, blue, clamp01(rise) * 0.6F)
                                : mix(mix(green, blue, 0.3F), violet, smoothstep(0.3F, 1.5F, rise));
                stage.canvas.row(y)[x] += tone * (power * shape * 0.62F);
            }
        }
    }
}

}  // namespace imagify::demo
