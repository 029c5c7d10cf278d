#include <array>
#include <vector>

#include "adapters/demo_painter/buildings.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

Rgb window_light(const Stage& stage) {
    return stage.light.dark()                 ? hex(0xffb450) * 1.6F
           : stage.light.hour == Hour::Sunset ? hex(0xffb450) * 0.9F
                                              : stage.light.shade * 0.12F;
}

void fill_box(Stage& stage, Point low_left, Point high_right, Rgb colour) {
    Shape shape;
    shape.polygon({{low_left.x, low_left.y},
                   {low_left.x, high_right.y},
                   {high_right.x, high_right.y},
                   {high_right.x, low_left.y}});
    fill(stage.canvas, shape, colour);
}

/// A wall that is lighter on the sun's side.
void fill_wall(Stage& stage, Point middle_foot, float half, float top, Rgb albedo) {
    Shape shape;
    shape.polygon({{middle_foot.x - half, middle_foot.y},
                   {middle_foot.x - half, top},
                   {middle_foot.x + half, top},
                   {middle_foot.x + half, middle_foot.y}});
    fill(stage.canvas, shape, 1, [&](int x, int y) {
        const float across = (to_float(x) - middle_foot.x) / half * stage.light_side();
        const float stain = cloud_tile().at(to_float(x) * 0.003F, to_float(y) * 0.003F);
        return stage.lit(albedo * (0.7F + 0.5F * stain), clamp01(0.22F + 0.30F * across));
    });
}

/// A tier's roof with upturned corners.
void fill_eave(Stage& stage, Point middle, float half, float rise, Rgb tile) {
    Shape roof;
    roof.move_to({middle.x - half * 1.12F, middle.y - rise * 0.42F});
    roof.quad_to({middle.x - half * 0.72F, middle.y - rise * 0.15F},
                 {middle.x - half * 0.50F, middle.y - rise});
    roof.line_to({middle.x + half * 0.50F, middle.y - rise});
    roof.quad_to({middle.x + half * 0.72F, middle.y - rise * 0.15F},
                 {middle.x + half * 1.12F, middle.y - rise * 0.42F});
    roof.quad_to({middle.x + half * 0.80F, middle.y + rise * 0.22F},
                 {middle.x, middle.y + rise * 0.14F});
    roof.quad_to({middle.x - half * 0.80F, middle.y + rise * 0.22F},
                 {middle.x - half * 1.12F, middle.y - rise * 0.42F});
    const Rgb body = stage.lit(tile, 0.10F);
    fill_rimmed(stage.canvas, roof,
                {body * 1.5F,
                 body * 0.7F,
                 stage.lit(tile * 1.6F, 0.6F),
                 {stage.light_side() * stage.unit * 2, -stage.unit * 2.4F}});
}

}  // namespace

void paint_pagoda(Stage& stage, Point foot, float size) {
    constexpr int kTiers = 6;
    const Rgb wall = hex(0xa8402c);
    const Rgb tile = hex(0x54463c);
    const Rgb glass = window_light(stage);
    float y = foot.y;
    fill_wall(stage, foot, size * 0.30F, foot.y - size * 0.045F, hex(0x9a9488));
    y -= size * 0.045F;
    for (int tier = 0; tier < kTiers; ++tier) {
        const float shrink = 1 - 0.115F * to_float(tier);
        const float half = size * 0.155F * shrink;
        const float storey = size * 0.118F * shrink;
        fill_wall(stage, {foot.x, y}, half, y - storey, wall);
        for (int i = -1; i <= 1; ++i) {
            const float x = foot.x + to_float(i) * half * 0.58F;
            fill_box(stage, {x - half * 0.15F, y - storey * 0.10F},
                     {x + half * 0.15F, y - storey * 0.72F}, glass);
        }
        if (stage.light.dark())
            glow(stage.canvas, {foot.x, y - storey * 0.4F}, half * 2.2F, hex(0xff9040) * 0.12F);
        y -= storey;
        fill_eave(stage, {foot.x, y}, half * 1.62F, size * 0.052F, tile);
        y -= size * 0.028F;
    }
    const std::array<Point, 2> spire{Point{foot.x, y}, Point{foot.x, y - size * 0.15F}};
    Shape finial;
    finial.ribbon(spire, size * 0.022F, size * 0.003F);
    fill(stage.canvas, finial, stage.lit(hex(0xd8a840), 0.5F));
    for (int i = 0; i < 3; ++i) {
        const float r = size * (0.016F - 0.003F * to_float(i));
        fill_ellipse(stage.canvas,
                     {{foot.x, y - size * (0.03F + 0.03F * to_float(i))}, r, r * 0.6F, 0},
                     stage.lit(hex(0xd8a840), 0.5F), 1);
    }
}

void paint_castle(Stage& stage, Point foot, float size) {
    const Rgb stone = hex(0xb8b0a8);
    const Rgb roof = mix(hex(0x4a5a8a), stage.light.accent, 0.35F);
    const Rgb glass = window_light(stage);
    struct Tower {
        float x, width, height;
    };
    constexpr std::array<Tower, 8> kTowers{{{-0.30F, 0.07F, 0.40F},
                                            {0.31F, 0.075F, 0.44F},
                                            {-0.16F, 0.06F, 0.62F},
                                            {0.17F, 0.065F, 0.58F},
                                            {0.0F, 0.10F, 0.72F},
                                            {-0.07F, 0.05F, 0.50F},
                                            {0.085F, 0.045F, 0.46F},
                                            {0.24F, 0.05F, 0.34F}}};
    fill_wall(stage, {foot.x, foot.y}, size * 0.36F, foot.y - size * 0.24F, stone * 0.9F);
    for (const Tower& tower : kTowers) {
        const float x = foot.x + tower.x * size;
        const float half = tower.width * size * 0.5F;
        const float top = foot.y - tower.height * size;
        fill_wall(stage, {x, foot.y}, half, top, stone);
        fill_wall(stage, {x, top + half * 0.5F}, half * 1.22F, top - half * 0.3F, stone);
        Shape cone;
        cone.move_to({x - half * 1.4F, top - half * 0.25F});
        cone.quad_to({x - half * 0.4F, top - half * 1.6F}, {x, top - half * 4.6F});
        cone.quad_to({x + half * 0.4F, top - half * 1.6F}, {x + half * 1.4F, top - half * 0.25F});
        const Rgb body = stage.lit(roof, 0.12F);
        fill_rimmed(stage.canvas, cone,
                    {body * 1.3F,
                     body * 0.8F,
                     stage.lit(roof * 1.5F, 0.7F),
                     {stage.light_side() * stage.unit * 3, -1}});
        for (float y = top + half; y < foot.y - half * 2; y += half * 2.3F) {
            fill_box(stage, {x - half * 0.16F, y + half * 0.6F}, {x + half * 0.16F, y}, glass);
        }
    }
    for (int i = 0; i < 17; ++i) {
        const float x = foot.x + size * (-0.36F + 0.0435F * to_float(i));
        fill_wall(stage, {x + size * 0.011F, foot.y - size * 0.23F}, size * 0.011F,
                  foot.y - size * 0.262F, stone * 0.9F);
    }
}

void paint_house(Stage& stage, Point foot, float size) {
    const float half = size * 0.62F;
    const Rgb glass = window_light(stage);
    fill_wall(stage, foot, half, foot.y - size * 0.46F, hex(0xb89870));
    for (const float side : {-0.55F, 0.55F}) {
        const float x = foot.x + side * half;
        fill_box(stage, {x - size * 0.08F, foot.y - size * 0.14F},
                 {x + size * 0.08F, foot.y - size * 0.34F}, glass);
    }
    fill_box(stage, {foot.x - size * 0.09F, foot.y}, {foot.x + size * 0.09F, foot.y - size * 0.36F},
             glass * 0.8F);
    if (stage.light.dark()) {
        glow(stage.canvas, foot - Point{0, size * 0.2F}, size * 1.5F, hex(0xff9040) * 0.22F);
    }
    Shape roof;
    const float eave = foot.y - size * 0.42F;
    roof.move_to({foot.x - half * 1.22F, eave + size * 0.05F});
    roof.quad_to({foot.x - half * 0.95F, eave - size * 0.25F},
                 {foot.x - half * 0.72F, eave - size * 0.50F});
    roof.line_to({foot.x + half * 0.72F, eave - size * 0.50F});
    roof.quad_to({foot.x + half * 0.95F, eave - size * 0.25F},
                 {foot.x + half * 1.22F, eave + size * 0.05F});
    const Rgb thatch = stage.has(Word::Snow) ? grey(0.85F) : hex(0x8a5c3c);
    fill(stage.canvas, roof, 1, [&](int x, int y) {
        const float straw =
            grain_tile().at(to_float(x) * 0.012F / stage.unit, to_float(y) * 0.002F / stage.unit);
        return stage.lit(thatch * (0.5F + 0.9F * straw),
                         0.2F + 0.2F * clamp01((eave - to_float(y)) / (size * 0.5F)));
    });
}

void paint_lighthouse(Stage& stage, Point foot, float size) {
    Shape rock;
    const std::array<Knot, 8> mound{{{-1.9F, 0.16F, true},
                                     {-1.35F, -0.05F},
                                     {-0.8F, -0.12F},
                                     {-0.35F, -0.28F},
                                     {0.45F, -0.26F},
                                     {0.95F, -0.10F},
                                     {1.5F, -0.04F},
                                     {2.1F, 0.16F, true}}};
    rock.outline(mound, {foot, size * 0.36F, size * 0.42F, 0});
    fill(stage.canvas, rock, 1, [&](int x, int y) {
        const float n =
            cloud_tile().at(to_float(x) * 0.0042F / stage.unit, to_float(y) * 0.0052F / stage.unit);
        return stage.lit(stage.light.rock * 0.6F * (0.35F + n), 0.7F * smoothstep(0.45F, 0.75F, n));
    });
    const float base = foot.y - size * 0.10F;
    const float top = foot.y - size * 0.82F;
    Shape tower;
    tower.polygon({{foot.x - size * 0.085F, base},
                   {foot.x - size * 0.052F, top},
                   {foot.x + size * 0.052F, top},
                   {foot.x + size * 0.085F, base}});
    fill(stage.canvas, tower, 1, [&](int x, int y) {
        const float across = (to_float(x) - foot.x) / (size * 0.085F);
        const float t = (base - to_float(y)) / (base - top);
        const bool band = to_int(t * 5.0F) % 2 == 1;
        return stage.lit(band ? hex(0xc83028) : hex(0xf4efe6),
                         clamp01(0.35F + 0.5F * across * stage.light_side()));
    });
    fill_box(stage, {foot.x - size * 0.075F, top}, {foot.x + size * 0.075F, top - size * 0.018F},
             stage.lit(hex(0x383838), 0.2F));
    const Point lamp{foot.x, top - size * 0.055F};
    fill_box(stage, {foot.x - size * 0.042F, top - size * 0.018F},
             {foot.x + size * 0.042F, top - size * 0.095F},
             stage.light.dark() ? hex(0xffe8a8) * 2.5F : hex(0xa8c0d0) * 0.6F);
    Shape dome;
    dome.move_to({foot.x - size * 0.056F, top - size * 0.092F});
    dome.quad_to({foot.x, top - size * 0.19F}, {foot.x + size * 0.056F, top - size * 0.092F});
    fill(stage.canvas, dome, stage.lit(hex(0xa82820), 0.4F));
    if (!stage.light.dark() && stage.light.hour != Hour::Sunset) return;
    glow(stage.canvas, lamp, size * 0.55F, hex(0xffe0a0) * 0.8F);
    for (const float side : {-1.0F, 1.0F}) {
        Shape beam;
        const float reach = stage.width * 0.9F;
        beam.polygon({lamp,
                      {lamp.x + side * reach, lamp.y - reach * 0.16F},
                      {lamp.x + side * reach, lamp.y + reach * 0.02F}});
        const Coverage cover = rasterize(beam, stage.canvas.width(), stage.canvas.height());
        std::size_t i = 0;
        for (int y = cover.top; y < cover.top + cover.height; ++y) {
            for (int x = cover.left; x < cover.left + cover.width; ++x, ++i) {
                const float away = std::fabs(to_float(x) - lamp.x) / reach;
                stage.canvas.row(y)[x] +=
                    hex(0xffe6b0) * (cover.amount[i] * 0.32F * square(1 - away));
            }
        }
    }
}

void paint_bridge(Stage& stage, float row) {
    const float span = stage.width * 0.27F;
    const float deck = row - stage.unit * 62;
    const float x0 = stage.width * (stage.light_side() < 0 ? 0.24F : -0.05F);
    Shape bridge;
    const float rise = stage.unit * 46;
    const float end = x0 + span * 3;
    bridge.move_to({x0 - span, row + 2});
    bridge.line_to({x0 - span, deck + rise});
    bridge.quad_to({(x0 + end) * 0.5F, deck - rise * 1.5F}, {end + span, deck + rise});
    bridge.line_to({end + span, row + 2});
    for (int i = 2; i >= 0; --i) {
        const float left = x0 + span * (to_float(i) + 0.10F);
        const float right = x0 + span * (to_float(i) + 0.90F);
        const float crown = stage.unit * (i == 1 ? 78.0F : 58.0F);
        bridge.line_to({right, row + 2});
        bridge.curve_to({right - span * 0.02F, row - crown}, {left + span * 0.02F, row - crown},
                        {left, row + 2});
    }
    fill(stage.canvas, bridge, 1, [&](int x, int y) {
        const float stone =
            cloud_tile().at(to_float(x) * 0.004F / stage.unit, to_float(y) * 0.006F / stage.unit);
        const float course = std::fmod(to_float(y) / (stage.unit * 9), 1.0F) < 0.14F ? 0.72F : 1.0F;
        return stage.lit(hex(0x9a8a7c) * (0.5F + 0.8F * stone) * course, 0.22F);
    });
    for (int i = 0; i <= 22; ++i) {
        const float t = to_float(i) / 22;
        const float x = lerp(x0 - span * 0.5F, end + span * 0.5F, t);
        const float u = (x - (x0 - span)) / (end - x0 + span * 2);
        const float top = deck + rise - 2 * u * (1 - u) * rise * 2.5F;
        fill_box(stage, {x - stage.unit * 3, top + 2}, {x + stage.unit * 3, top - stage.unit * 17},
                 stage.lit(hex(0x8a7c70), 0.3F));
        if (stage.light.dark() && i % 3 == 1) {
            glow(stage.canvas, {x, top - stage.unit * 24}, stage.unit * 34, hex(0xffb050) * 0.7F);
            dab(stage.canvas, {x, top - stage.unit * 24}, stage.unit * 7, hex(0xffd890) * 2.0F, 1);
        }
    }
}

}  // namespace imagify::demo
