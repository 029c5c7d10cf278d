#include <array>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/things.hpp"

namespace imagify::demo {

void paint_rain(Stage& stage) {
    Dice dice = stage.dice("rain");
    const bool storm = stage.has(Word::Storm);
    const float slant = storm ? 0.30F : 0.13F;
    const Rgb drop = stage.light.horizon * 0.35F + stage.light.cloud_lit * 0.35F + grey(0.05F);
    for (int layer = 0; layer < 3; ++layer) {
        const float near = to_float(layer) / 2;
        const int count = to_int(lerp(1100, 170, near) * (storm ? 1.4F : 1.0F));
        for (int i = 0; i < count; ++i) {
            const float length = stage.unit * lerp(20, 95, near) * dice.between(0.6F, 1.3F);
            const float width = std::max(0.8F, stage.unit * lerp(0.8F, 2.1F, near));
            const Point at{dice.between(-0.1F, 1.1F) * stage.width,
                           dice.between(-0.05F, 1.0F) * stage.height};
            const float opacity = dice.between(0.10F, 0.30F);
            const int steps = to_int(length);
            for (int k = 0; k < steps; ++k) {
                const float t = to_float(k) / to_float(steps);
                const float x = at.x - slant * length * t;
                const int y = to_int(at.y + length * t);
                if (y < 0 || y >= stage.canvas.height()) continue;
                const int left = floor_int(x);
                const float part = x - to_float(left);
                const float power = opacity * std::sin(kPi * t) * width;
                Rgb* row = stage.canvas.row(y);
                if (left >= 0 && left < stage.canvas.width())
                    blend(row[left], drop, clamp01(power * (1 - part)));
                if (left + 1 >= 0 && left + 1 < stage.canvas.width())
                    blend(row[left + 1], drop, clamp01(power * part));
            }
        }
    }
}

void paint_snowfall(Stage& stage) {
    Dice dice = stage.dice("snowfall");
    const Rgb flake = stage.light.shade * 0.5F + stage.light.key * 0.35F + grey(0.10F);
    for (int i = 0; i < 950; ++i) {
        const float near = std::pow(dice.unit(), 5.0F);
        const float radius = stage.unit * lerp(1.6F, 11, near) * dice.between(0.7F, 1.2F) + 0.5F;
        const Point at{dice.unit() * stage.width, dice.unit() * stage.height};
        dab(stage.canvas, at, radius, flake, lerp(0.85F, 0.42F, near));
    }
}

void paint_petals(Stage& stage, Rgb petal) {
    Dice dice = stage.dice("petals");
    for (int i = 0; i < 110; ++i) {
        const float near = std::pow(dice.unit(), 3.0F);
        const float size = stage.unit * lerp(2.6F, 14, near);
        const Point at{dice.unit() * stage.width, dice.unit() * stage.height};
        fill_ellipse(stage.canvas,
                     {at, size, size * dice.between(0.3F, 0.7F), dice.between(0, kPi)},
                     petal * dice.between(0.75F, 1.1F), lerp(0.9F, 0.55F, near));
    }
}

void paint_fireflies(Stage& stage) {
    Dice dice = stage.dice("fireflies");
    for (int i = 0; i < 120; ++i) {
        const float near = std::pow(dice.unit(), 3.0F);
        const Point at{dice.unit() * stage.width, stage.height * dice.between(0.42F, 0.98F)};
        const float size = stage.unit * lerp(4, 17, near);
        glow(stage.canvas, at, size * 2.2F, hex(0xb8e848) * 0.20F);
        glow(stage.canvas, at, size * 0.5F, hex(0xf0ff98) * 2.2F);
    }
}

}  // namespace imagify::demo
