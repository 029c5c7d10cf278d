#include <array>
#include <vector>

#include "adapters/demo_painter/buildings.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

constexpr std::array<std::uint32_t, 6> kSilks{0xe83028, 0xffa020, 0xf04878,
                                              0xffd040, 0x30a8a0, 0xd84018};
constexpr std::array<std::uint32_t, 4> kWalls{0xe8b44c, 0xf0c868, 0xd8a040, 0xe8c890};

Shape box(float left, float top, float right, float bottom) {
    Shape shape;
    shape.polygon({{left, bottom}, {left, top}, {right, top}, {right, bottom}});
    return shape;
}

/// A roof of yin-yang tiles with gently raised ends.
void paint_roof(Stage& stage, float left, float right, float eave, float rise) {
    Shape roof;
    const float over = (right - left) * 0.07F;
    roof.move_to({left - over, eave});
    roof.quad_to({left + over, eave - rise * 0.35F}, {left + over * 1.4F, eave - rise});
    roof.line_to({right - over * 1.4F, eave - rise});
    roof.quad_to({right - over, eave - rise * 0.35F}, {right + over, eave});
    roof.quad_to({(left + right) * 0.5F, eave + rise * 0.08F}, {left - over, eave});
    const Rgb tile = hex(0x7a4434);
    const float pitch = stage.unit * 7.5F;
    fill(stage.canvas, roof, 1, [&](int x, int y) {
        const float wave = 0.5F + 0.5F * std::sin(to_float(x) / pitch * kTau);
        const float row = 0.85F + 0.15F * std::sin(to_float(y) / pitch * kTau * 1.4F);
        const float moss = cloud_tile().at(to_float(x) * 0.004F, to_float(y) * 0.004F);
        const float up = clamp01((eave - to_float(y)) / rise);
        return stage.lit(mix(tile, hex(0x4a5040), moss * 0.6F), 0.05F + 0.22F * up) *
               ((0.45F + 0.75F * wave) * row);
    });
}

struct Front {
    float left, right, foot, top;
    Rgb wall;
};

/// A shop front or balcony door whose warm light falls out.
void paint_opening(Stage& stage, Dice& dice, float left, float right, float top, float bottom,
                   bool lit) {
    const Rgb wood = stage.lit(hex(0x4a2a1c), 0.08F);
    Shape frame = box(left, top, right, bottom);
    fill(stage.canvas, frame, wood);
    const float rim = stage.unit * 2.6F;
    const Rgb warm = lit ? mix(hex(0xff9a38), hex(0xffc870), dice.unit()) * 0.95F : wood * 0.55F;
    const int panes = std::max(2, to_int((right - left) / (stage.unit * 17)));
    const float step = (right - left - rim) / to_float(panes);
    for (int i = 0; i < panes; ++i) {
        const bool shutter = dice.chance(lit ? 0.40F : 0.7F);
        Shape pane =
            box(left + rim + step * to_float(i), top + rim, left + step * to_float(i + 1), bottom);
        fill(stage.canvas, pane, 1, [&](int, int y) {
            const float t = clamp01((to_float(y) - top) / (bottom - top));
            if (shutter) return wood * (1.2F + 0.35F * std::sin(to_float(y) / stage.unit * 1.6F));
            const float lattice_bar = std::fmod(t * 5.0F, 1.0F) < 0.10F ? 0.35F : 1.0F;
            return warm * ((1.05F - 0.75F * t) * lattice_bar);
        });
    }
    if (lit) {
        glow(stage.canvas, {(left + right) * 0.5F, (top + bottom) * 0.5F}, (right - left) * 1.2F,
             warm * 0.10F);
    }
}

void paint_front(Stage& stage, Dice& dice, const Front& front) {
    const float wide = front.right - front.left;
    const float tall = front.foot - front.top;
    const bool dark = stage.light.dark();
    Shape wall = box(front.left, front.top, front.right, front.foot);
    fill(stage.canvas, wall, 1, [&](int x, int y) {
        const float stain =
            cloud_tile().at(to_float(x) * 0.0021F, to_float(y) * 0.0014F + front.left);
        const float t = (to_float(y) - front.top) / tall;
        Rgb c = stage.lit(
            front.wall * (0.55F + 0.7F * stain),
            0.18F + 0.1F * stage.light_side() * ((to_float(x) - front.left) / wide - 0.5F));
        // At night the lanterns below light the wall.
        if (dark)
            c += front.wall * hex(0xff9040) * (0.30F * smoothstep(0.0F, 0.9F, t) * (0.5F + stain));
        return c;
    });
    const float floor_row = lerp(front.top, front.foot, 0.46F);
    paint_opening(stage, dice, front.left + wide * 0.14F, front.right - wide * 0.14F,
                  front.top + tall * 0.13F, floor_row - tall * 0.02F, dark && dice.chance(0.4F));
    paint_opening(stage, dice, front.left + wide * 0.09F, front.right - wide * 0.09F,
                  floor_row + tall * 0.13F, front.foot, dark || dice.chance(0.3F));
    paint_roof(stage, front.left, front.right, floor_row + tall * 0.10F, tall * 0.10F);
    const Rgb rail = stage.lit(hex(0x3a2418), 0.1F);
    for (float x = front.left + wide * 0.1F; x < front.right - wide * 0.1F; x += stage.unit * 7) {
        Shape bar = box(x, floor_row - tall * 0.12F, x + stage.unit * 2, floor_row - tall * 0.01F);
        fill(stage.canvas, bar, rail);
    }
    Shape hand_rail = box(front.left + wide * 0.08F, floor_row - tall * 0.13F,
                          front.right - wide * 0.08F, floor_row - tall * 0.112F);
    fill(stage.canvas, hand_rail, rail);
    paint_roof(stage, front.left, front.right, front.top + tall * 0.03F, tall * 0.19F);
    const int lanterns = 1 + dice.below(3);
    for (int i = 0; i < lanterns; ++i) {
        const float x = lerp(front.left, front.right, (to_float(i) + 1) / to_float(lanterns + 1));
        const bool red = stage.has(Word::Red) && dice.chance(0.75F);
        paint_lantern(stage, {x, floor_row + tall * dice.between(0.17F, 0.2F)},
                      stage.unit * dice.between(17, 25),
                      hex(red ? 0xe82820 : kSilks[static_cast<std::size_t>(dice.below(6))]));
    }
}

}  // namespace

void paint_lantern(Stage& stage, Point centre, float size, Rgb silk) {
    const bool lit = stage.light.dark() || stage.light.hour == Hour::Sunset;
    const float strength = lit ? 1.0F : 0.3F;
    const float high = size * 0.46F;
    const Rgb warm = mix(silk, hex(0xffd890), 0.42F);
    if (lit) glow(stage.canvas, centre, size * 2.1F, mix(silk, hex(0xff9040), 0.5F) * 0.20F);
    Shape body;
    const float w = size * 0.5F;
    body.move_to({centre.x, centre.y - high});
    body.curve_to({centre.x + w * 1.25F, centre.y - high},
                  {centre.x + w * 1.25F, centre.y + high * 0.9F}, {centre.x, centre.y + high});
    body.curve_to({centre.x - w * 1.25F, centre.y + high * 0.9F},
                  {centre.x - w * 1.25F, centre.y - high}, {centre.x, centre.y - high});
    fill(stage.canvas, body, 1, [&](int x, int y) {
        const float u = (to_float(x) + 0.5F - centre.x) / w;
        const float v = (to_float(y) + 0.5F - centre.y) / high;
        const float heart = clamp01(1.1F - u * u * 0.95F - v * v * 0.45F);
        const float rib = 0.82F + 0.18F * std::cos(std::asin(std::clamp(u, -1.0F, 1.0F)) * 12);
        return (mix(silk * 0.75F, warm * 1.55F, heart * heart) * strength +
                stage.lit(silk, 0.3F) * (1 - strength)) *
               rib;
    });
    const Rgb cap = stage.lit(hex(0x5a3010), 0.2F);
    for (const float side : {-1.0F, 1.0F}) {
        Shape end = box(centre.x - w * 0.42F, centre.y + side * high - size * 0.045F,
                        centre.x + w * 0.42F, centre.y + side * high + size * 0.045F);
        fill(stage.canvas, end, cap);
    }
    const std::array<Point, 2> tassel{Point{centre.x, centre.y + high},
                                      Point{centre.x, centre.y + high + size * 0.55F}};
    Shape thread;
    thread.ribbon(tassel, size * 0.13F, size * 0.04F);
    fill(stage.canvas, thread, silk * (0.3F + 0.4F * strength));
}

void paint_old_town(Stage& stage, float foot_row) {
    Dice dice = stage.dice("old town");
    const float wide = stage.unit * 205;
    float x = -wide * dice.between(0.1F, 0.7F);
    while (x < stage.width) {
        const float w = wide * dice.between(0.75F, 1.25F);
        const float tall = stage.unit * dice.between(262, 345);
        const Front front{x, x + w, foot_row, foot_row - tall,
                          hex(kWalls[static_cast<std::size_t>(dice.below(4))])};
        paint_front(stage, dice, front);
        x += w + stage.unit * dice.between(0, 3);
    }
    Shape quay = box(-2, foot_row - 1, stage.width + 2, foot_row + stage.unit * 20);
    fill(stage.canvas, quay, stage.lit(hex(0x6a6058), 0.1F));
}

void paint_lantern_strings(Stage& stage) {
    Dice dice = stage.dice("lantern strings");
    const bool red = stage.has(Word::Red);
    for (int line = 0; line < 3; ++line) {
        const float left = stage.height * dice.between(0.02F, 0.16F);
        const float right = stage.height * dice.between(0.02F, 0.22F);
        const float sag = stage.unit * dice.between(60, 150);
        std::vector<Point> wire;
        for (int i = 0; i <= 24; ++i) {
            const float t = to_float(i) / 24;
            wire.push_back({t * stage.width * 1.1F - stage.width * 0.05F,
                            lerp(left, right, t) + sag * 4 * t * (1 - t)});
        }
        Shape cord;
        cord.ribbon(wire, stage.unit * 1.5F, stage.unit * 1.5F);
        fill(stage.canvas, cord, stage.light.shade * 0.12F);
        const float base = stage.unit * (30 + 15 * to_float(line));
        for (std::size_t i = 1 + static_cast<std::size_t>(line); i + 1 < wire.size(); i += 3) {
            const float size = base * dice.between(0.85F, 1.15F);
            const bool keep = red ? dice.chance(0.8F) : false;
            paint_lantern(stage, wire[i] + Point{0, size * 0.55F}, size,
                          hex(keep ? 0xe02820 : kSilks[static_cast<std::size_t>(dice.below(6))]));
        }
    }
}

}  // namespace imagify::demo
