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
    const std::array<Point, 4> body{place({crane ? 0.82F : 0.44F, -0.03F}), place({0.20F, 0.0F}), place({-0.2F, 0.04F}),
                                    place({crane ? -0.95F : -0.52F, 0.07F})};
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
    const Point lead{stage.width * (side > 0 ? dice.between(0.5F, 0.62F) : dice.between(0.38F, 0.5F)),
                     stage.horizon * dice.between(0.30F, 0.44F)};
    const float base = stage.unit * (crane ? 46.0F : stage.has(Word::Bird) ? 32.0F : 17.0F);
    for (int i = 0; i < count; ++i) {
        const float rank = std::floor((to_float(i) + 1) / 2);
        const float wing = i % 2 == 0 ? 1.0F : -1.0F;
        const Point at = lead + Point{-side * rank * base * 1.45F + dice.bell() * base * 0.35F,
                                      wing * rank * base * 0.62F + dice.bell() * base * 0.30F};
        paint_bird(stage, at, base * dice.between(0.72F, 1.0F) * (1 - 0.03F * rank), side, dice.between(-0.3F, 1.0F), crane);
    }
}

void paint_dragon(Stage& stage) {
    Dice dice = stage.dice("dragon");
    const float side = stage.light_side() * -1;
    const float thick = stage.unit * 46;
    const bool gold = stage.words.any({Word::Gold, Word::NewYear}) || !stage.has(Word::Black);
    const Rgb scale_lit = gold ? hex(0xe8b048) : hex(0x606878);
    std::vector<Point> spine;
    std::vector<float> widths;
    constexpr int kJoints = 150;
    for (int i = 0; i <= kJoints; ++i) {
        const float t = to_float(i) / kJoints;
        const float x = 0.5F + side * (0.30F - 0.72F * t) + side * 0.085F * std::sin(t * 15.5F + 0.4F);
        const float y = 0.30F + 0.14F * t + 0.135F * std::cos(t * 11.5F + 0.9F) * (1 - 0.35F * t);
        spine.push_back({x * stage.width, y * stage.horizon * 1.25F});
        widths.push_back(thick * (0.62F + 0.5F * std::sin(kPi * std::min(t * 1.4F + 0.14F, 1.0F))) * (1 - t * t * 0.9F));
    }
    const auto normal = [&](std::size_t i) {
        const Point along = spine[std::min(i + 1, spine.size() - 1)] - spine[i == 0 ? 0 : i - 1];
        const float length = std::max(std::hypot(along.x, along.y), 0.01F);
        return Point{-along.y / length, along.x / length};
    };
    for (std::size_t i = spine.size() - 2; i-- > 0;) {  // From the tail to the head.
        const Point across = normal(i);
        const float half = widths[i] * 0.5F;
        const float up = across.y < 0 ? 1.0F : -1.0F;
        const Point next = spine[i + 1];
        const Point next_across = normal(i + 1) * (widths[i + 1] * 0.5F);
        Shape trunk;
        trunk.polygon({spine[i] + across * half, next + next_across, next - next_across, spine[i] - across * half});
        fill(stage.canvas, trunk, stage.lit(scale_lit * 0.55F, 0.25F));
        if (i % 3 == 0) {
            const Point root = spine[i] + across * (half * up * 0.8F);
            Shape fin;
            const Point back = spine[i + 2] - spine[i];
            fin.polygon({root - back, root + across * (up * widths[i] * 0.52F) + back * 1.6F, root + back});
            fill(stage.canvas, fin, stage.lit(hex(0xc83820), 0.45F));
        }
        const bool leg = i == 26 || i == 34 || i == 88 || i == 96;
        if (leg) {
            const Point knee = spine[i] - across * (up * widths[i] * 1.25F) + Point{side * thick * 0.3F, 0};
            const std::array<Point, 3> limb{spine[i], knee, knee + Point{side * thick * 0.55F, thick * 0.42F}};
            Shape shape;
            shape.ribbon(limb, thick * 0.34F, thick * 0.14F);
            for (int claw = -1; claw <= 1; ++claw) {
                const std::array<Point, 2> nail{limb[2], limb[2] + Point{side * thick * 0.34F, thick * 0.2F * to_float(claw)}};
                shape.ribbon(nail, thick * 0.09F, thick * 0.01F);
            }
            fill(stage.canvas, shape, stage.lit(scale_lit * 0.7F, 0.3F));
        }
        for (int k = 5; k >= -5; --k) {  // Scales across, belly to back.
            const float at = to_float(k) / 5.6F * -up;
            const float lit = clamp01(0.35F - 0.55F * at * up * -1);
            const Rgb tone = std::fabs(to_float(k)) > 3 && k > 0 ? hex(0xf4e0b0) : scale_lit;
            const Rgb c = stage.lit(tone * (0.5F + 0.5F * lattice(to_int(to_float(static_cast<int>(i)) * 0.5F), k)), lit * 0.75F);
            fill_ellipse(stage.canvas, {spine[i] + across * (half * at), half * 0.24F, half * 0.24F, 0}, c, 0.95F);
        }
    }
    // The head looks along the first joints.
    const Placement head{spine[0], side * thick * 0.95F, thick * 0.95F, 0};
    constexpr std::array<Knot, 14> kHead{{{-0.45F, -0.42F}, {0.0F, -0.62F}, {0.42F, -0.50F}, {0.78F, -0.30F}, {1.20F, -0.34F},
        {1.32F, -0.16F}, {1.18F, 0.02F}, {0.70F, 0.08F, true}, {1.06F, 0.22F}, {1.02F, 0.40F}, {0.52F, 0.44F},
        {0.05F, 0.46F}, {-0.40F, 0.40F}, {-0.62F, 0.0F}}};
    Shape skull;
    skull.outline(kHead, head);
    const auto whisker = [&](std::initializer_list<Point> points, float width) {
        std::vector<Point> path;
        for (const Point p : points) path.push_back(head(p));
        skull.ribbon(path, width * thick, width * thick * 0.15F);
    };
    whisker({{0.05F, -0.52F}, {-0.25F, -0.95F}, {-0.75F, -1.25F}, {-0.95F, -1.65F}}, 0.16F);
    whisker({{-0.15F, -0.48F}, {-0.55F, -0.75F}, {-1.05F, -0.85F}, {-1.35F, -1.15F}}, 0.14F);
    whisker({{1.15F, -0.18F}, {1.6F, 0.15F}, {1.45F, 0.65F}, {1.75F, 1.0F}}, 0.06F);
    whisker({{1.05F, -0.1F}, {1.35F, 0.3F}, {1.1F, 0.8F}, {1.3F, 1.2F}}, 0.06F);
    for (int i = 0; i < 8; ++i) {
        const float y = -0.4F + 0.12F * to_float(i);
        whisker({{-0.35F, y}, {-0.85F, y + 0.05F}, {-1.2F - 0.1F * to_float(i % 3), y + 0.22F}}, 0.13F);
    }
    fill_rimmed(stage.canvas, skull, {stage.lit(scale_lit, 0.35F), stage.lit(scale_lit * 0.6F, 0.1F), stage.lit(scale_lit * 1.3F, 0.9F),
                                      {stage.light_side() * 3, -3}});
    dab(stage.canvas, head({0.40F, -0.28F}), thick * 0.13F, hex(0xfff0a0) * 2, 1);
    dab(stage.canvas, head({0.43F, -0.27F}), thick * 0.06F, grey(0.01F), 1);
    glow(stage.canvas, head({2.4F, -0.5F}), thick * 1.9F, hex(0xffb040) * 0.9F);  // The pearl it chases.
    fill_ellipse(stage.canvas, {head({2.4F, -0.5F}), thick * 0.30F, thick * 0.30F, 0}, hex(0xfff0c8) * 2.4F, 1);
    for (int i = 0; i < 3; ++i) {
        const Point at = spine[static_cast<std::size_t>(30 + i * 42)];
        for (int k = 0; k < 26; ++k) {
            dab(stage.canvas, at + Point{dice.bell() * thick * 1.6F, thick * 0.9F + dice.bell() * thick * 0.35F},
                thick * dice.between(0.4F, 1.0F), mix(stage.light.cloud_shade, stage.light.cloud_lit, dice.unit()), 0.22F);
        }
    }
}

void paint_koi(Stage& stage, float from_row) {
    Dice dice = stage.dice("koi");
    for (int i = 0; i < 9; ++i) {
        const float near = dice.between(0.25F, 1.0F);
        const Point at{stage.width * dice.between(0.12F, 0.88F), lerp(from_row, stage.height, 0.2F + 0.72F * near)};
        const float size = stage.unit * lerp(40, 110, near);
        const float turn = dice.between(-0.7F, 0.7F) + (dice.chance(0.5F) ? kPi : 0);
        const Placement place{at, size, size * 0.62F, turn};
        constexpr std::array<Knot, 14> kBody{{{1.0F, 0.0F}, {0.72F, -0.20F}, {0.2F, -0.25F}, {-0.4F, -0.14F}, {-0.72F, -0.05F},
            {-1.15F, -0.32F, true}, {-1.0F, 0.0F}, {-1.2F, 0.26F, true}, {-0.72F, 0.05F}, {-0.4F, 0.14F}, {0.1F, 0.26F},
            {0.3F, 0.25F}, {0.72F, 0.20F}, {0.9F, 0.10F}}};
        Shape shadow;
        shadow.outline(kBody, {at + Point{size * 0.06F, size * 0.14F}, size, size * 0.62F, turn});
        fill(stage.canvas, shadow, stage.light.water * 0.25F, 0.45F);
        Shape fins;
        for (const float wing : {-1.0F, 1.0F}) {
            fins.polygon({place({0.42F, 0.2F * wing}), place({0.10F, 0.62F * wing}), place({0.12F, 0.22F * wing})});
        }
        fill(stage.canvas, fins, stage.lit(hex(0xffd8b8), 0.4F), 0.6F);
        Shape body;
        body.outline(kBody, place);
        const float shift = dice.unit() * 9;
        const Rgb patch = hex(dice.chance(0.7F) ? 0xf05818 : 0xe8a020);
        fill(stage.canvas, body, 0.92F, [&](int x, int y) {
            const float n = smooth_noise(to_float(x) / size * 2.4F + shift, to_float(y) / size * 2.4F);
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
            constexpr std::array<Knot, 9> kWing{{{0.03F, 0.1F, true}, {0.25F, -0.55F}, {0.85F, -0.95F}, {1.08F, -0.65F},
                {0.72F, -0.02F}, {0.78F, 0.35F}, {0.55F, 0.72F}, {0.25F, 0.5F}, {0.08F, 0.2F}}};
            Shape shape;
            shape.outline(kWing, place);
            fill_rimmed(stage.canvas, shape, {wing, wing * 0.55F, wing * 0.15F, {side * size * 0.09F, -size * 0.05F}});
        }
        const std::array<Point, 2> body{at + Point{std::sin(tilt) * size * 0.4F, -size * 0.4F}, at + Point{0, size * 0.42F}};
        Shape trunk;
        trunk.ribbon(body, size * 0.10F, size * 0.06F);
        fill(stage.canvas, trunk, stage.light.shade * 0.06F);
    }
}

}  // namespace imagify::demo
