#include <array>
#include <vector>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/things.hpp"

namespace imagify::demo {
namespace {

/// A battened sail of a junk between two spars.
void paint_sail(Stage& stage, const Placement& place, Point low, Point high, float width,
                float air) {
    Shape sail;
    const Point foot_out = low + Point{-width, -0.04F};
    const Point peak_out = high + Point{-width * 0.50F, 0.16F};
    sail.move_to(place(low));
    sail.quad_to(place((low + high) * 0.5F + Point{0.10F, 0}), place(high));
    sail.quad_to(place((high + peak_out) * 0.5F + Point{-0.04F, -0.03F}), place(peak_out));
    sail.quad_to(place((foot_out + peak_out) * 0.5F + Point{-0.40F * width, 0}), place(foot_out));
    sail.quad_to(place((foot_out + low) * 0.5F + Point{0, 0.05F}), place(low));
    const Rgb cloth = stage.has(Word::White) ? hex(0xf0e8d8) : hex(0xb8462c);
    const float top = place(high).y;
    const float bottom = place(low).y;
    const float drop = std::fabs(bottom - top) < 1 ? 1.0F : bottom - top;
    const float middle = place((low + foot_out) * 0.5F).x;
    const float wide = std::fabs(place.scale_x) * width;
    fill(stage.canvas, sail, 1, [&](int x, int y) {
        const float t = (to_float(y) - top) / drop;
        const float rib = std::fabs(std::fmod(t * 6.5F + 0.5F, 1.0F) - 0.5F);
        const float across = (to_float(x) - middle) / wide;
        const float belly = 0.5F + 0.5F * std::cos(across * 3.0F + stage.light_side() * 0.7F);
        // Cloth lets light through when the sun is behind it.
        const Rgb through = stage.light.sun * cloth * (0.25F * stage.light.glow);
        const Rgb c = stage.lit(cloth, 0.14F + 0.42F * belly) *
                          lerp(0.55F, 1.0F, smoothstep(0.02F, 0.10F, rib)) +
                      through;
        return stage.through_air(c, air, to_float(x));
    });
}

void fill_hull(Stage& stage, const Placement& place, std::span<const Knot> knots,
               const Figure& figure) {
    Shape hull;
    hull.outline(knots, place);
    const Rgb wood = stage.through_air(stage.lit(hex(0x4a2e20), 0.06F), figure.air, figure.foot.x);
    const Rgb lit = stage.through_air(stage.lit(hex(0xa87850), 0.55F), figure.air, figure.foot.x);
    fill_rimmed(stage.canvas, hull,
                {mix(wood, lit, 0.35F),
                 wood * 0.6F,
                 lit,
                 {stage.light_side() * stage.unit * 1.5F, -stage.unit * 2}});
}

void paint_mast(Stage& stage, const Placement& place, Point low, Point high) {
    const std::array<Point, 2> line{place(low), place(high)};
    Shape mast;
    mast.ribbon(line, std::max(1.2F, std::fabs(place.scale_y) * 0.022F),
                std::max(0.8F, std::fabs(place.scale_y) * 0.012F));
    if (place.scale_y > 0) fill(stage.canvas, mast, stage.lit(hex(0x3a2418), 0.1F));
}

void draw_junk(Stage& stage, const Figure& figure) {
    const Placement place{figure.foot, figure.side * figure.size, figure.size * figure.flip, 0};
    paint_mast(stage, place, {-0.42F, -0.15F}, {-0.42F, -0.74F});
    paint_mast(stage, place, {0.02F, -0.15F}, {0.02F, -1.02F});
    paint_mast(stage, place, {0.42F, -0.15F}, {0.46F, -0.66F});
    paint_sail(stage, place, {-0.34F, -0.26F}, {-0.38F, -0.72F}, 0.30F, figure.air);
    paint_sail(stage, place, {0.14F, -0.24F}, {0.07F, -1.0F}, 0.46F, figure.air);
    paint_sail(stage, place, {0.60F, -0.24F}, {0.50F, -0.64F}, 0.30F, figure.air);
    constexpr std::array<Knot, 9> kHull{{{-0.66F, -0.26F, true},
                                         {-0.60F, -0.16F},
                                         {-0.52F, -0.01F},
                                         {-0.40F, 0.03F, true},
                                         {0.46F, 0.03F, true},
                                         {0.60F, -0.06F},
                                         {0.74F, -0.21F, true},
                                         {0.30F, -0.12F},
                                         {-0.30F, -0.13F}}};
    fill_hull(stage, place, kHull, figure);
    Shape cabin;
    cabin.polygon({place({-0.58F, -0.18F}), place({-0.54F, -0.30F}), place({-0.26F, -0.27F}),
                   place({-0.24F, -0.13F})});
    fill(stage.canvas, cabin,
         stage.through_air(stage.lit(hex(0x5a3826), 0.2F), figure.air, figure.foot.x));
    if (figure.flip < 0 || (!stage.light.dark() && stage.light.hour != Hour::Sunset)) return;
    for (const float x : {-0.46F, -0.36F}) {
        dab(stage.canvas, place({x, -0.205F}), figure.size * 0.022F, hex(0xffc060) * 1.8F, 1);
        glow(stage.canvas, place({x, -0.205F}), figure.size * 0.13F, hex(0xff9c40) * 0.5F);
    }
}

void draw_sampan(Stage& stage, const Figure& figure) {
    const Placement place{figure.foot, figure.side * figure.size, figure.size * figure.flip, 0};
    constexpr std::array<Knot, 8> kHull{{{-0.56F, -0.13F, true},
                                         {-0.42F, -0.02F},
                                         {-0.25F, 0.035F},
                                         {0.20F, 0.035F},
                                         {0.42F, -0.02F},
                                         {0.60F, -0.15F, true},
                                         {0.30F, -0.055F},
                                         {-0.28F, -0.05F}}};
    fill_hull(stage, place, kHull, figure);
    const Rgb dark = stage.silhouette(figure.foot, figure.air, 2).bottom;
    Shape person;
    constexpr std::array<Knot, 7> kBody{{{-0.40F, -0.05F},
                                         {-0.41F, -0.16F},
                                         {-0.37F, -0.25F},
                                         {-0.30F, -0.25F},
                                         {-0.26F, -0.17F},
                                         {-0.24F, -0.10F},
                                         {-0.22F, -0.04F}}};
    person.outline(kBody, place);
    fill_rimmed(stage.canvas, person,
                stage.silhouette(figure.foot, figure.air, std::max(1.0F, figure.size * 0.008F)));
    const std::array<Point, 2> oar{place({-0.30F, -0.19F}), place({-0.02F, 0.05F})};
    Shape pole;
    pole.ribbon(oar, figure.size * 0.012F, figure.size * 0.018F);
    fill(stage.canvas, pole, dark);
    Shape hat;
    hat.move_to(place({-0.45F, -0.255F}));
    hat.quad_to(place({-0.37F, -0.30F}), place({-0.335F, -0.345F}));
    hat.quad_to(place({-0.30F, -0.30F}), place({-0.22F, -0.255F}));
    hat.quad_to(place({-0.335F, -0.235F}), place({-0.45F, -0.255F}));
    const Rgb straw = stage.through_air(stage.lit(hex(0xe8d4a0), 0.25F), figure.air, figure.foot.x);
    fill_rimmed(
        stage.canvas, hat,
        {straw, straw * 0.6F, stage.lit(hex(0xfff0c8), 0.8F), {stage.light_side() * 1.5F, -1.5F}});
    if (figure.flip > 0 && stage.words.any({Word::Lantern, Word::OldTown})) {
        const Point lamp = place({0.44F, -0.20F});
        glow(stage.canvas, lamp, figure.size * 0.32F, hex(0xff8a38) * 0.6F);
        dab(stage.canvas, lamp, figure.size * 0.05F, hex(0xffb858) * 1.8F, 1);
    }
}

/// Breaks a fresh reflection below `row` into ripples: rows slide sideways, water shows through.
void ripple(Stage& stage, Point from, float width, float depth) {
    const int left = std::clamp(to_int(from.x - width), 0, stage.canvas.width());
    const int right = std::clamp(to_int(from.x + width), left, stage.canvas.width());
    std::vector<Rgb> copy(static_cast<std::size_t>(right - left));
    for (int y = std::max(0, to_int(from.y));
         y < std::min(stage.canvas.height(), to_int(from.y + depth)); ++y) {
        Rgb* row = stage.canvas.row(y) + left;
        std::copy_n(row, copy.size(), copy.begin());
        const float below = (to_float(y) - from.y) / stage.unit;
        for (int x = 0; x < right - left; ++x) {
            const float n =
                cloud_tile().at(to_float(x) * 0.0010F / stage.unit, below * 0.0075F) - 0.5F;
            const int source = x + to_int(n * std::min(below, 90.0F) * 0.9F * stage.unit);
            row[x] = copy[static_cast<std::size_t>(std::clamp(source, 0, right - left - 1))];
        }
    }
}

}  // namespace

void paint_junk(Stage& stage, const Figure& figure) {
    Figure mirrored = figure;
    mirrored.flip = -0.8F;
    mirrored.air = 0.15F + 0.85F * figure.air;
    draw_junk(stage, mirrored);
    ripple(stage, figure.foot, figure.size, figure.size * 0.9F);
    draw_junk(stage, figure);
}

void paint_sampan(Stage& stage, const Figure& figure) {
    Figure mirrored = figure;
    mirrored.flip = -0.85F;
    mirrored.air = 0.25F + 0.75F * figure.air;
    draw_sampan(stage, mirrored);
    ripple(stage, figure.foot, figure.size * 0.7F, figure.size * 0.34F);
    draw_sampan(stage, figure);
}

void paint_market_boat(Stage& stage, Dice& dice, const Figure& figure) {
    const Placement place{figure.foot, figure.side * figure.size, figure.size * figure.flip, 0};
    constexpr std::array<std::uint32_t, 6> kGoods{0xf0a020, 0xe04030, 0x70b040,
                                                  0xf0d050, 0xe86080, 0xd87028};
    for (int pile = 0; pile < 3; ++pile) {
        const Rgb fruit = hex(kGoods[static_cast<std::size_t>(dice.below(6))]);
        const float middle = -0.12F + 0.19F * to_float(pile);
        for (int i = 0; i < 46; ++i) {
            const float off = dice.bell() * 0.045F;
            const float high = 0.035F + 0.075F * dice.unit() * std::exp(-off * off * 170);
            const Point at = place({middle + off, -high});
            const float r = figure.size * 0.017F;
            fill_ellipse(stage.canvas, {at, r, r, 0},
                         stage.through_air(stage.lit(fruit * dice.between(0.6F, 1.1F), 0.35F),
                                           figure.air, at.x),
                         1);
            dab(stage.canvas, at + Point{stage.light_side() * r * 0.35F, -r * 0.35F}, r * 0.6F,
                stage.lit(grey(1), 0.5F), 0.28F);
        }
    }
    paint_sampan(stage, figure);
}

}  // namespace imagify::demo
