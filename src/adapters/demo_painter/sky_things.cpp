#include <array>
#include <vector>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/things.hpp"

namespace imagify::demo {
namespace {

constexpr std::array<std::uint32_t, 7> kCloth{0xe84838, 0xf8b030, 0x2f8fb8, 0xf06a90,
                                              0x58a868, 0x8858b8, 0xf47c38};

void paint_balloon(Stage& stage, Dice& dice, Point middle, float size, float air) {
    constexpr std::array<Knot, 10> kEnvelope{{{0.0F, -1.0F},
                                              {0.52F, -0.88F},
                                              {0.84F, -0.48F},
                                              {0.84F, -0.06F},
                                              {0.50F, 0.52F},
                                              {0.16F, 0.98F, true},
                                              {-0.16F, 0.98F, true},
                                              {-0.50F, 0.52F},
                                              {-0.84F, -0.06F},
                                              {-0.84F, -0.48F}}};
    constexpr std::array<Knot, 1> kTop{{{-0.52F, -0.88F}}};
    std::vector<Knot> knots(kEnvelope.begin(), kEnvelope.end());
    knots.push_back(kTop[0]);
    const Placement place{middle, size, size, 0};
    Shape envelope;
    envelope.outline(knots, place);
    const Rgb first = hex(kCloth[static_cast<std::size_t>(dice.below(7))]);
    const Rgb second =
        dice.chance(0.5F) ? hex(0xf8ecd0) : hex(kCloth[static_cast<std::size_t>(dice.below(7))]);
    const bool bands = dice.chance(0.35F);
    fill(stage.canvas, envelope, 1, [&](int x, int y) {
        const float v = (to_float(y) - middle.y) / size;
        const float wide = v < -0.1F
                               ? std::sqrt(std::max(1 - square((v + 0.1F) / 0.92F), 0.02F)) * 0.86F
                               : lerp(0.86F, 0.16F, std::pow(clamp01((v + 0.1F) / 1.08F), 1.2F));
        const float u = std::clamp((to_float(x) - middle.x) / size / wide, -1.0F, 1.0F);
        const float turn = std::asin(u) / kPi * 8;
        const float gore = bands ? v * 4 + 0.5F : turn;
        const bool even = (floor_int(gore + 16) & 1) == 0;
        const float seam = std::fabs(turn - std::floor(turn) - 0.5F) * 2;
        const float facing = clamp01(0.38F + 0.55F * u * stage.light_side() - 0.25F * v);
        const Rgb c = stage.lit(even ? first : second, facing * 0.85F) *
                      lerp(1, 0.84F, seam * seam * seam * seam);
        return stage.through_air(c + stage.light.sun * first * (0.10F * stage.light.glow), air,
                                 to_float(x));
    });
    const Rgb dark = stage.through_air(stage.lit(hex(0x5a3820), 0.25F), air, middle.x);
    for (const float side : {-0.13F, 0.13F}) {
        const std::array<Point, 2> rope{place({side, 0.96F}), place({side * 0.85F, 1.24F})};
        Shape line;
        line.ribbon(rope, std::max(0.7F, size * 0.016F), std::max(0.7F, size * 0.016F));
        fill(stage.canvas, line, dark);
    }
    Shape basket;
    basket.polygon({place({-0.13F, 1.22F}), place({0.13F, 1.22F}), place({0.11F, 1.42F}),
                    place({-0.11F, 1.42F})});
    fill(stage.canvas, basket, dark);
    if (stage.light.dark() || dice.chance(0.4F)) {
        glow(stage.canvas, place({0, 0.9F}), size * 1.1F,
             hex(0xff9030) * (stage.light.dark() ? 0.9F : 0.2F));
    }
}

}  // namespace

void paint_balloons(Stage& stage) {
    Dice dice = stage.dice("balloons");
    const float side = -stage.light_side();
    for (int i = 7; i >= 0; --i) {
        const float near = i == 0 ? 1.0F : 0.42F / (0.6F + 0.35F * to_float(i));
        const Point at{stage.width * (i == 0 ? 0.5F + side * 0.17F : dice.between(0.06F, 0.94F)),
                       stage.horizon * (i == 0 ? 0.40F : dice.between(0.16F, 0.86F))};
        paint_balloon(stage, dice, at, stage.unit * 118 * near, clamp01(0.72F * (1 - near)));
    }
}

void paint_kites(Stage& stage) {
    Dice dice = stage.dice("kites");
    for (int i = 0; i < 4; ++i) {
        const float size = stage.unit * (i == 0 ? 62.0F : dice.between(18, 34));
        const Point at{
            stage.width * (i == 0 ? 0.5F - stage.light_side() * 0.12F : dice.between(0.1F, 0.9F)),
            stage.horizon * dice.between(0.18F, i == 0 ? 0.3F : 0.6F)};
        const Placement place{at, size, size, dice.between(0.3F, 0.7F)};
        std::vector<Point> tail;
        const Point low = place({0, 1.2F});
        for (int k = 0; k <= 16; ++k) {
            const float t = to_float(k) / 16;
            tail.push_back(low +
                           Point{size * (0.35F * std::sin(t * 9) - 0.9F * t), size * 2.6F * t});
        }
        Shape ribbon;
        ribbon.ribbon(tail, size * 0.07F, size * 0.03F);
        const Rgb cloth = hex(kCloth[static_cast<std::size_t>(dice.below(7))]);
        fill(stage.canvas, ribbon, stage.lit(hex(0xf8d060), 0.5F));
        constexpr std::array<Point, 4> kCorners{
            {{0, -1}, {0.75F, -0.1F}, {0, 1.2F}, {-0.75F, -0.1F}}};
        for (std::size_t k = 0; k < 4; ++k) {
            Shape panel;
            panel.polygon({place({0, -0.1F}), place(kCorners[k]), place(kCorners[(k + 1) % 4])});
            fill(stage.canvas, panel,
                 stage.lit(k % 2 == 0 ? cloth : hex(0xf8ecd0),
                           0.3F + 0.12F * static_cast<float>(k)));
        }
        std::vector<Point> line;
        const Point hand{stage.width * 0.5F, stage.horizon + stage.unit * 190};
        for (int k = 0; k <= 12; ++k) {
            const float t = to_float(k) / 12;
            line.push_back(
                {lerp(at.x, hand.x, t), lerp(at.y, hand.y, t) + stage.unit * 90 * t * (1 - t)});
        }
        Shape string;
        string.ribbon(line, stage.unit * 0.9F, stage.unit * 0.9F);
        fill(stage.canvas, string, stage.light.shade * 0.3F, 0.5F);
    }
}

void paint_sky_lanterns(Stage& stage) {
    Dice dice = stage.dice("sky lanterns");
    for (int i = 0; i < 90; ++i) {
        const float near = std::pow(dice.unit(), 3.2F);
        const float size = stage.unit * lerp(4, 46, near);
        const Point at{stage.width * dice.unit(),
                       stage.horizon * dice.between(0.04F, 1.0F - 0.25F * near)};
        const Placement place{at, size, size, dice.between(-0.12F, 0.12F)};
        constexpr std::array<Knot, 7> kPaper{{{-0.42F, 0.62F, true},
                                              {-0.54F, 0.0F},
                                              {-0.42F, -0.56F},
                                              {0.0F, -0.70F},
                                              {0.42F, -0.56F},
                                              {0.54F, 0.0F},
                                              {0.42F, 0.62F, true}}};
        Shape paper;
        paper.outline(kPaper, place);
        glow(stage.canvas, at, size * 2.6F, hex(0xff9038) * (0.12F + 0.30F * near));
        const float power = dice.between(0.75F, 1.15F);
        fill(stage.canvas, paper, 1, [&](int, int y) {
            const float t = clamp01((to_float(y) - at.y) / size * 0.75F + 0.5F);
            return mix(hex(0xd85818), hex(0xffd880) * 1.7F, t * t) * power;
        });
    }
}

void paint_fireworks(Stage& stage) {
    Dice dice = stage.dice("fireworks");
    for (int burst = 0; burst < 6; ++burst) {
        const Point heart{stage.width * (0.14F + 0.72F * (to_float(burst) + dice.unit()) / 6),
                          stage.horizon * dice.between(0.12F, 0.52F)};
        const float reach = stage.unit * dice.between(95, 215);
        const Rgb tone = mix(hue(dice.unit()), hex(0xffe0a0), 0.35F);
        glow(stage.canvas, heart, reach * 1.5F, tone * 0.22F);
        glow(stage.canvas, heart, reach * 0.25F, tone * 0.9F);
        const int rays = 46 + dice.below(30);
        for (int i = 0; i < rays; ++i) {
            const float turn = kTau * (to_float(i) + dice.unit() * 0.7F) / to_float(rays);
            const float far = reach * std::sqrt(dice.between(0.25F, 1.0F));
            Point last{};
            for (int k = 0; k < 15; ++k) {
                const float t = 0.2F + 0.8F * to_float(k) / 14;
                last = heart + Point{std::cos(turn) * far * t,
                                     std::sin(turn) * far * t + reach * 0.20F * t * t};
                glow(stage.canvas, last, stage.unit * (1.6F + 1.2F * t), tone * (0.9F * t));
            }
            glow(stage.canvas, last, stage.unit * 6, mix(tone, grey(1), 0.5F) * 1.3F);
        }
    }
}

void paint_rocket(Stage& stage) {
    const Point nose{stage.width * 0.60F, stage.height * 0.26F};
    const float size = stage.unit * 130;
    const Placement place{nose, size, size, 0.32F};
    for (int i = 0; i < 60; ++i) {
        const float t = to_float(i) / 60;
        const Point at = place({0.10F * std::sin(t * 21) * t, 1.65F + 5.0F * t});
        dab(stage.canvas, at, size * (0.10F + 0.50F * t),
            mix(hex(0xffd898) * 1.6F, stage.light.cloud_lit, smoothstep(0, 0.4F, t)),
            0.30F * (1 - t * 0.7F));
    }
    glow(stage.canvas, place({0, 1.7F}), size * 1.3F, hex(0xffa040) * 1.2F);
    Shape fins;
    fins.polygon({place({-0.16F, 0.95F}), place({-0.46F, 1.58F}), place({-0.12F, 1.40F})});
    fins.polygon({place({0.16F, 0.95F}), place({0.12F, 1.40F}), place({0.46F, 1.58F})});
    fill(stage.canvas, fins, stage.lit(hex(0xd83a2a), 0.4F));
    constexpr std::array<Knot, 7> kBody{{{0.0F, -0.3F, true},
                                         {0.19F, 0.2F},
                                         {0.22F, 0.8F},
                                         {0.15F, 1.45F, true},
                                         {-0.15F, 1.45F, true},
                                         {-0.22F, 0.8F},
                                         {-0.19F, 0.2F}}};
    Shape body;
    body.outline(kBody, place);
    fill_rimmed(stage.canvas, body,
                {hex(0xc8ccd8) * 0.7F,
                 hex(0x9094a8) * 0.5F,
                 hex(0xfff4e0) * 1.4F,
                 {stage.light_side() * size * 0.07F, -2}});
    fill_ellipse(stage.canvas, {place({0, 0.45F}), size * 0.09F, size * 0.09F, 0}, hex(0x2a3a58),
                 1);
}

void paint_campfire(Stage& stage, Point foot, float size) {
    Dice dice = stage.dice("campfire");
    glow(stage.canvas, foot - Point{0, size * 0.3F}, size * 4.6F, hex(0xff7a28) * 0.55F);
    for (const float turn : {-0.35F, 0.3F, 0.02F}) {
        const std::array<Point, 2> log{
            foot + Point{-std::cos(turn) * size * 0.42F, std::sin(turn) * size * 0.2F},
            foot + Point{std::cos(turn) * size * 0.42F, -std::sin(turn) * size * 0.2F}};
        Shape wood;
        wood.ribbon(log, size * 0.11F, size * 0.10F);
        fill(stage.canvas, wood, hex(0x2a140c));
    }
    for (int i = 0; i < 26; ++i) {
        const float x = dice.bell() * size * 0.15F;
        const float tall = size * dice.between(0.4F, 1.05F) * std::exp(-square(x / (size * 0.30F)));
        const float sway = dice.bell() * size * 0.09F;
        Shape tongue;
        const Point base = foot + Point{x, -size * 0.02F};
        const float half = size * 0.085F;
        tongue.move_to(base - Point{half, 0});
        tongue.curve_to(base + Point{-half * 1.5F, -tall * 0.4F}, base + Point{sway, -tall * 0.5F},
                        base + Point{sway * 1.6F, -tall});
        tongue.curve_to(base + Point{half + sway, -tall * 0.5F},
                        base + Point{half * 1.5F, -tall * 0.3F}, base + Point{half, 0});
        fill(stage.canvas, tongue, 0.62F, [&](int, int y) {
            const float t = clamp01((base.y - to_float(y)) / tall);
            return mix(hex(0xffe890) * 2.4F, hex(0xf04810) * 1.3F, t);
        });
    }
    for (int i = 0; i < 70; ++i) {
        const float rise = std::pow(dice.unit(), 1.6F);
        const Point at =
            foot + Point{dice.bell() * size * (0.12F + 0.5F * rise), -size * (0.5F + 2.6F * rise)};
        glow(stage.canvas, at, stage.unit * dice.between(1.5F, 4),
             hex(0xff9a40) * (1.8F * (1 - rise)));
    }
}

}  // namespace imagify::demo
