#include <array>
#include <vector>

#include "adapters/demo_painter/creatures.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

constexpr int kJoints = 150;

/// A Vietnamese dragon: a long body along a winding spine, from the head (joint 0) to the tail.
struct Dragon {
    Stage& stage;
    float side;   // Where it looks.
    float thick;  // Width of the body.
    Rgb scale;
    std::vector<Point> spine{};
    std::vector<float> widths{};

    void grow() {
        for (int i = 0; i <= kJoints; ++i) {
            const float t = to_float(i) / kJoints;
            const float wind = 0.085F * std::sin(t * 15.5F + 0.4F);
            const float x = 0.5F + side * (0.30F - 0.72F * t + wind);
            const float y =
                0.30F + 0.14F * t + 0.135F * std::cos(t * 11.5F + 0.9F) * (1 - 0.35F * t);
            spine.push_back({x * stage.width, y * stage.horizon * 1.25F});
            const float belly = 0.62F + 0.5F * std::sin(kPi * std::min(t * 1.4F + 0.14F, 1.0F));
            widths.push_back(thick * belly * (1 - t * t * 0.9F));
        }
    }

    Point across(std::size_t i) const {
        const Point along = spine[std::min(i + 1, spine.size() - 1)] - spine[i == 0 ? 0 : i - 1];
        const float length = std::max(std::hypot(along.x, along.y), 0.01F);
        return {-along.y / length, along.x / length};
    }

    void paint_joint(std::size_t i) const {
        const Point out = across(i);
        const float half = widths[i] * 0.5F;
        const float up = out.y < 0 ? 1.0F : -1.0F;
        const Point next = spine[i + 1];
        const Point next_out = across(i + 1) * (widths[i + 1] * 0.5F);
        Shape trunk;
        trunk.polygon(
            {spine[i] + out * half, next + next_out, next - next_out, spine[i] - out * half});
        fill(stage.canvas, trunk, stage.lit(scale * 0.55F, 0.25F));
        if (i % 3 == 0) paint_fin(i, out * up);
        if (i == 26 || i == 34 || i == 88 || i == 96) paint_leg(spine[i], out * (up * widths[i]));
        for (int k = 5; k >= -5; --k) {  // Scales, from the belly to the back.
            const float at = to_float(k) / 5.6F * -up;
            const float lit = clamp01(0.35F + 0.55F * at * up);
            const float tone = 0.5F + 0.5F * lattice(static_cast<int>(i) / 2, k);
            const Rgb albedo = k > 3 ? hex(0xf4e0b0) : scale;
            fill_ellipse(stage.canvas,
                         {spine[i] + out * (half * at), half * 0.24F, half * 0.24F, 0},
                         stage.lit(albedo * tone, lit * 0.75F), 0.95F);
        }
    }

    void paint_fin(std::size_t i, Point up) const {
        const Point root = spine[i] + up * (widths[i] * 0.4F);
        const Point back = spine[i + 2] - spine[i];
        Shape fin;
        fin.polygon({root - back, root + up * (widths[i] * 0.52F) + back * 1.6F, root + back});
        fill(stage.canvas, fin, stage.lit(hex(0xc83820), 0.45F));
    }

    void paint_leg(Point hip, Point up) const {
        const Point knee = hip - up * 1.25F + Point{side * thick * 0.3F, 0};
        const Point foot = knee + Point{side * thick * 0.55F, thick * 0.42F};
        const std::array<Point, 3> limb{hip, knee, foot};
        Shape leg;
        leg.ribbon(limb, thick * 0.34F, thick * 0.14F);
        for (const float spread : {-1.0F, 0.0F, 1.0F}) {
            const std::array<Point, 2> claw{
                foot, foot + Point{side * thick * 0.34F, thick * 0.2F * spread}};
            leg.ribbon(claw, thick * 0.09F, thick * 0.01F);
        }
        fill(stage.canvas, leg, stage.lit(scale * 0.7F, 0.3F));
    }

    void paint_head() const {
        const Placement head{spine[0], side * thick * 0.95F, thick * 0.95F, 0};
        constexpr std::array<Knot, 14> kSkull{{{-0.45F, -0.42F},
                                               {0.0F, -0.62F},
                                               {0.42F, -0.50F},
                                               {0.78F, -0.30F},
                                               {1.20F, -0.34F},
                                               {1.32F, -0.16F},
                                               {1.18F, 0.02F},
                                               {0.70F, 0.08F, true},
                                               {1.06F, 0.22F},
                                               {1.02F, 0.40F},
                                               {0.52F, 0.44F},
                                               {0.05F, 0.46F},
                                               {-0.40F, 0.40F},
                                               {-0.62F, 0.0F}}};
        Shape skull;
        skull.outline(kSkull, head);
        const auto strand = [&](std::initializer_list<Point> points, float width) {
            std::vector<Point> path;
            for (const Point p : points) path.push_back(head(p));
            skull.ribbon(path, width * thick, width * thick * 0.15F);
        };
        strand({{0.05F, -0.52F}, {-0.25F, -0.95F}, {-0.75F, -1.25F}, {-0.95F, -1.65F}}, 0.16F);
        strand({{-0.15F, -0.48F}, {-0.55F, -0.75F}, {-1.05F, -0.85F}, {-1.35F, -1.15F}}, 0.14F);
        strand({{1.15F, -0.18F}, {1.6F, 0.15F}, {1.45F, 0.65F}, {1.75F, 1.0F}}, 0.06F);
        strand({{1.05F, -0.1F}, {1.35F, 0.3F}, {1.1F, 0.8F}, {1.3F, 1.2F}}, 0.06F);
        for (int i = 0; i < 8; ++i) {
            const float y = -0.4F + 0.12F * to_float(i);
            strand({{-0.35F, y}, {-0.85F, y + 0.05F}, {-1.2F - 0.1F * to_float(i % 3), y + 0.22F}},
                   0.13F);
        }
        fill_rimmed(stage.canvas, skull,
                    {stage.lit(scale, 0.35F),
                     stage.lit(scale * 0.6F, 0.1F),
                     stage.lit(scale * 1.3F, 0.9F),
                     {stage.light_side() * 3, -3}});
        dab(stage.canvas, head({0.40F, -0.28F}), thick * 0.13F, hex(0xfff0a0) * 2, 1);
        dab(stage.canvas, head({0.43F, -0.27F}), thick * 0.06F, grey(0.01F), 1);
        const Point pearl = head({2.4F, -0.5F});
        glow(stage.canvas, pearl, thick * 1.9F, hex(0xffb040) * 0.9F);
        fill_ellipse(stage.canvas, {pearl, thick * 0.30F, thick * 0.30F, 0}, hex(0xfff0c8) * 2.4F,
                     1);
    }
};

}  // namespace

void paint_dragon(Stage& stage) {
    Dice dice = stage.dice("dragon");
    const bool dark = stage.has(Word::Black) && !stage.words.any({Word::Gold, Word::NewYear});
    Dragon dragon{stage, -stage.light_side(), stage.unit * 46, hex(dark ? 0x606878 : 0xe8b048)};
    dragon.grow();
    for (std::size_t i = kJoints - 1; i-- > 0;) dragon.paint_joint(i);
    dragon.paint_head();
    const float thick = dragon.thick;
    for (const std::size_t joint : {30U, 72U, 114U}) {  // It swims through clouds.
        for (int k = 0; k < 26; ++k) {
            const Point off{dice.bell() * thick * 1.6F, thick * 0.9F + dice.bell() * thick * 0.35F};
            dab(stage.canvas, dragon.spine[joint] + off, thick * dice.between(0.4F, 1.0F),
                mix(stage.light.cloud_shade, stage.light.cloud_lit, dice.unit()), 0.22F);
        }
    }
}

}  // namespace imagify::demo
