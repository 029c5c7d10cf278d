#include <array>
#include <vector>

#include "adapters/demo_painter/creatures.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

/// A bird in flight; `beat` -1 wings down, 1 up.
void paint_bird(Stage& stage, Point at, float size, float side, float beat, bool crane) {
    const Placement place{at, side * size, size, -0.08F * side};
    const float up = -0.36F * beat;
    Shape bird;
    for (const float wing : {-1.0F, 1.0F}) {
        const float shorter = wing < 0 ? 0.86F : 1.0F;
        const Point tip{-0.34F * wing * shorter - 0.30F, up * 1.9F * shorter - 0.10F};
        const Point elbow{0.10F - 0.24F * wing, up * 1.35F * shorter - 0.20F};
        bird.move_to(place({0.22F, -0.02F}));
        bird.quad_to(place(elbow + Point{0.12F, -0.06F}), place(tip));
        bird.quad_to(place(elbow + Point{-0.06F, 0.16F}), place({-0.20F, 0.06F}));
        bird.close();
    }
    const std::array<Point, 4> body{place({crane ? 0.82F : 0.44F, -0.03F}), place({0.20F, 0.0F}),
                                    place({-0.2F, 0.04F}), place({crane ? -0.95F : -0.52F, 0.07F})};
    bird.ribbon(std::span(body).first(2), size * 0.04F, size * 0.15F);
    bird.ribbon(std::span(body).subspan(1), size * 0.15F, size * 0.03F);
    const Rgb dark = stage.through_air(stage.light.shade * 0.06F, 0.16F, at.x);
    const Rgb pale = stage.lit(grey(0.9F), 0.45F);
    fill(stage.canvas, bird, crane ? pale : dark);
}

}  // namespace

void paint_birds(Stage& stage, int count) {
    Dice dice = stage.dice("birds");
    const bool crane = stage.has(Word::Crane);
    const float side = -stage.light_side();
    const Point lead{
        stage.width * (side > 0 ? dice.between(0.5F, 0.62F) : dice.between(0.38F, 0.5F)),
        stage.horizon * dice.between(0.30F, 0.44F)};
    const float base = stage.unit * (crane ? 46.0F : stage.has(Word::Bird) ? 32.0F : 17.0F);
    for (int i = 0; i < count; ++i) {
        const float rank = std::floor((to_float(i) + 1) / 2);
        const float wing = i % 2 == 0 ? 1.0F : -1.0F;
        const Point at = lead + Point{-side * rank * base * 1.45F + dice.bell() * base * 0.35F,
                                      wing * rank * base * 0.62F + dice.bell() * base * 0.30F};
        paint_bird(stage, at, base * dice.between(0.72F, 1.0F) * (1 - 0.03F * rank), side,
                   dice.between(-0.3F, 1.0F), crane);
    }
}

void paint_koi(Stage& stage, float from_row) {
    Dice dice = stage.dice("koi");
    for (int i = 0; i < 9; ++i) {
        const float near = dice.between(0.25F, 1.0F);
        const Point at{stage.width * dice.between(0.12F, 0.88F),
                       lerp(from_row, stage.height, 0.2F + 0.72F * near)};
        const float size = stage.unit * lerp(40, 110, near);
        const float turn = dice.between(-0.7F, 0.7F) + (dice.chance(0.5F) ? kPi : 0);
        const Placement place{at, size, size * 0.62F, turn};
        constexpr std::array<Knot, 14> kBody{{{1.0F, 0.0F},
                                              {0.72F, -0.20F},
                                              {0.2F, -0.25F},
                                              {-0.4F, -0.14F},
                                              {-0.72F, -0.05F},
                                              {-1.15F, -0.32F, true},
                                              {-1.0F, 0.0F},
                                              {-1.2F, 0.26F, true},
                                              {-0.72F, 0.05F},
                                              {-0.4F, 0.14F},
                                              {0.1F, 0.26F},
                                              {0.3F, 0.25F},
                                              {0.72F, 0.20F},
                                              {0.9F, 0.10F}}};
        Shape shadow;
        shadow.outline(kBody, {at + Point{size * 0.06F, size * 0.14F}, size, size * 0.62F, turn});
        fill(stage.canvas, shadow, stage.light.water * 0.25F, 0.45F);
        Shape fins;
        for (const float wing : {-1.0F, 1.0F}) {
            fins.polygon({place({0.42F, 0.2F * wing}), place({0.10F, 0.62F * wing}),
                          place({0.12F, 0.22F * wing})});
        }
        fill(stage.canvas, fins, stage.lit(hex(0xffd8b8), 0.4F), 0.6F);
        Shape body;
        body.outline(kBody, place);
        const float shift = dice.unit() * 9;
        const Rgb patch = hex(dice.chance(0.7F) ? 0xf05818 : 0xe8a020);
        fill(stage.canvas, body, 0.92F, [&](int x, int y) {
            const float n =
                smooth_noise(to_float(x) / size * 2.4F + shift, to_float(y) / size * 2.4F);
            return stage.lit(mix(hex(0xfbf0e4), patch, smoothstep(0.42F, 0.52F, n)), 0.42F);
        });
    }
}

void paint_butterflies(Stage& stage) {
    Dice dice = stage.dice("butterflies");
    for (int i = 0; i < 12; ++i) {
        const float size = stage.unit * dice.between(11, 30) * (i == 0 ? 1.6F : 1.0F);
        const Point at{stage.width * dice.unit(), stage.height * dice.between(0.38F, 0.92F)};
        const float tilt = dice.between(-0.7F, 0.7F);
        const float open = dice.between(0.45F, 1.0F);
        const Rgb wing = stage.lit(mix(stage.light.accent, hue(dice.unit()), 0.25F), 0.6F);
        for (const float side : {-1.0F, 1.0F}) {
            const Placement place{at, side * size * open, size, tilt};
            constexpr std::array<Knot, 9> kWing{{{0.03F, 0.1F, true},
                                                 {0.25F, -0.55F},
                                                 {0.85F, -0.95F},
                                                 {1.08F, -0.65F},
                                                 {0.72F, -0.02F},
                                                 {0.78F, 0.35F},
                                                 {0.55F, 0.72F},
                                                 {0.25F, 0.5F},
                                                 {0.08F, 0.2F}}};
            Shape shape;
            shape.outline(kWing, place);
            fill_rimmed(stage.canvas, shape,
                        {wing, wing * 0.55F, wing * 0.15F, {side * size * 0.09F, -size * 0.05F}});
        }
        const std::array<Point, 2> body{at + Point{std::sin(tilt) * size * 0.4F, -size * 0.4F},
                                        at + Point{0, size * 0.42F}};
        Shape trunk;
        trunk.ribbon(body, size * 0.10F, size * 0.06F);
        fill(stage.canvas, trunk, stage.light.shade * 0.06F);
    }
}

}  // namespace imagify::demo
