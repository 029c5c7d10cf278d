#include <array>
#include <vector>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/shape.hpp"
#include "adapters/demo_painter/sky.hpp"

namespace imagify::demo {
namespace {

/// Cyan to red across the bow, near the colours of a real one.
Rgb bow_colour(float t) {
    return hue(lerp(0.78F, 0.0F, t)) * hue(lerp(0.78F, 0.0F, t)) + grey(0.12F);
}

/// A bolt by splitting the line again and again; branches leave downwards.
void add_bolt(Stage& stage, Dice& dice, Point from, Point to, float width, int branches) {
    std::vector<Point> path{from, to};
    float sway = std::hypot(to.x - from.x, to.y - from.y) * 0.16F;
    for (int pass = 0; pass < 6; ++pass, sway *= 0.55F) {
        std::vector<Point> finer;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            finer.push_back(path[i]);
            const Point middle = (path[i] + path[i + 1]) * 0.5F;
            finer.push_back({middle.x + dice.between(-sway, sway),
                             middle.y + dice.between(-sway, sway) * 0.3F});
        }
        finer.push_back(path.back());
        path.swap(finer);
    }
    for (std::size_t i = 0; i < path.size(); i += 4) {
        glow(stage.canvas, path[i], width * 26, hex(0x8f9cff) * 0.05F);
        glow(stage.canvas, path[i], width * 7, hex(0xb8c4ff) * 0.10F);
    }
    Shape bolt;
    bolt.ribbon(path, width, width * 0.35F);
    fill(stage.canvas, bolt, hex(0xf4f4ff) * 3.0F);
    for (int i = 0; i < branches; ++i) {
        const auto at = static_cast<std::size_t>(dice.between(0.15F, 0.7F) * 64);
        const Point root = path[std::min(at, path.size() - 1)];
        const float reach = (to.y - root.y) * dice.between(0.3F, 0.7F);
        add_bolt(stage, dice, root,
                 {root.x + dice.side() * reach * dice.between(0.4F, 0.9F), root.y + reach},
                 width * 0.5F, branches > 3 ? 1 : 0);
    }
}

}  // namespace

void paint_rainbow(Stage& stage) {
    // A rainbow stands opposite the sun.
    const Point centre{stage.width * (stage.light_side() < 0 ? 0.62F : 0.38F),
                       stage.horizon + stage.unit * 160};
    const float radius = std::min(stage.horizon * 0.95F + stage.unit * 60, stage.width * 0.62F);
    const float band = stage.unit * 62;
    const int bottom = std::min(stage.canvas.height(), to_int(stage.horizon + 4 * stage.unit));
    for (int y = 0; y < bottom; ++y) {
        Rgb* row = stage.canvas.row(y);
        const float fade = 0.35F + 0.65F * smoothstep(0, 0.8F, to_float(y) / stage.horizon);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float d = std::hypot(to_float(x) - centre.x, to_float(y) - centre.y);
            const float t = (d - radius) / band;
            if (t > -5.0F && t < 0) row[x] += stage.light.lower * (0.10F * square(1 + t / 5));
            if (t > 0 && t < 1) {
                const float edge = smoothstep(0, 0.25F, t) * smoothstep(1, 0.75F, t);
                Rgb& pixel = row[x];
                pixel = mix(pixel, pixel * 0.75F + bow_colour(t) * 0.62F, edge * 0.75F * fade);
            }
            const float second = (d - radius - band * 2.4F) / (band * 1.5F);
            if (second > 0 && second < 1) {
                const float edge = smoothstep(0, 0.3F, second) * smoothstep(1, 0.7F, second);
                row[x] += bow_colour(1 - second) * (0.07F * edge * fade);
            }
        }
    }
}

void paint_lightning(Stage& stage) {
    Dice dice = stage.dice("lightning");
    const Point strike{stage.width * dice.between(0.58F, 0.74F), stage.horizon};
    const Point cloud{strike.x + stage.unit * dice.between(-160, 60), stage.horizon * 0.08F};
    glow(stage.canvas, cloud, stage.unit * 560, hex(0x8c94e0) * 0.40F);
    glow(stage.canvas, {cloud.x, stage.horizon * 0.3F}, stage.unit * 330, hex(0xa8b0ff) * 0.22F);
    add_bolt(stage, dice, cloud, strike, stage.unit * 4.2F, 5);
    glow(stage.canvas, strike, stage.unit * 130, hex(0xc0c8ff) * 0.5F);
}

void paint_rays(Stage& stage, float strength) {
    Dice dice = stage.dice("rays");
    const float shift = dice.unit() * 30;
    const float reach = stage.unit * 900;
    for (int y = 0; y < stage.canvas.height(); ++y) {
        Rgb* row = stage.canvas.row(y);
        const float dy = to_float(y) - stage.sun.y;
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float dx = to_float(x) - stage.sun.x;
            const float d2 = dx * dx + dy * dy;
            if (d2 > reach * reach) continue;
            const float away = std::sqrt(d2) + 1;
            // Noise on the unit circle has no seam.
            const float shaft =
                smooth_noise(dx / away * 3.5F + shift, dy / away * 3.5F) *
                (0.4F + 0.6F * smooth_noise(dx / away * 11 + shift, dy / away * 11));
            const float fade =
                square(1 - std::sqrt(d2) / reach) * smoothstep(0, reach * 0.22F, away);
            row[x] += stage.light.sun * (strength * fade * smoothstep(0.18F, 0.62F, shaft));
        }
    }
}

}  // namespace imagify::demo
