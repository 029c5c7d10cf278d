#include <array>

#include "adapters/demo_painter/creatures.hpp"

namespace imagify::demo {
namespace {

/// Outlines of a person from behind, feet on y = 0.
constexpr std::array<Knot, 14> kCoat{{{-0.07F, -1.42F},
                                      {-0.19F, -1.34F},
                                      {-0.24F, -1.05F},
                                      {-0.25F, -0.78F},
                                      {-0.18F, -0.80F},
                                      {-0.14F, -1.02F},
                                      {-0.15F, -0.62F, true},
                                      {0.15F, -0.62F, true},
                                      {0.14F, -1.02F},
                                      {0.18F, -0.80F},
                                      {0.25F, -0.78F},
                                      {0.24F, -1.05F},
                                      {0.19F, -1.34F},
                                      {0.07F, -1.42F}}};
constexpr std::array<Knot, 14> kDress{{{-0.06F, -1.42F},
                                       {-0.16F, -1.35F},
                                       {-0.21F, -1.08F},
                                       {-0.23F, -0.80F},
                                       {-0.17F, -0.80F},
                                       {-0.115F, -1.06F},
                                       {-0.16F, -0.72F},
                                       {-0.24F, -0.10F, true},
                                       {0.22F, -0.08F, true},
                                       {0.15F, -0.72F},
                                       {0.115F, -1.06F},
                                       {0.20F, -0.82F},
                                       {0.21F, -1.08F},
                                       {0.16F, -1.35F}}};
constexpr std::array<Knot, 8> kHead{{{-0.05F, -1.38F},
                                     {-0.11F, -1.54F},
                                     {-0.10F, -1.68F},
                                     {0.0F, -1.76F},
                                     {0.10F, -1.68F},
                                     {0.11F, -1.54F},
                                     {0.05F, -1.38F},
                                     {0.0F, -1.35F}}};

void paint_hat(Stage& stage, const Placement& place, float rim_px) {
    Shape hat;
    hat.move_to(place({-0.36F, -1.52F}));
    hat.quad_to(place({-0.12F, -1.68F}), place({0.0F, -1.84F}));
    hat.quad_to(place({0.12F, -1.68F}), place({0.36F, -1.52F}));
    hat.quad_to(place({0.0F, -1.42F}), place({-0.36F, -1.52F}));
    const Rgb straw = stage.lit(hex(0xe8d4a0), 0.25F) * 0.8F;
    fill_rimmed(stage.canvas, hat,
                {straw * 1.15F,
                 straw * 0.65F,
                 stage.lit(hex(0xfff0c8), 0.9F),
                 {stage.light_side() * rim_px, -rim_px}});
}

}  // namespace

void paint_person(Stage& stage, const Figure& figure) {
    const float k = figure.size / 1.85F;
    const Placement place{figure.foot, figure.side * k, k, 0};
    const bool hat = stage.has(Word::ConicalHat);
    const float rim = std::clamp(figure.size * 0.014F, 1.0F, 4.0F);
    const RimLight dark = stage.silhouette(figure.foot - Point{0, figure.size}, figure.air, rim);
    Shape legs;
    legs.polygon({place({-0.12F, -0.8F}), place({-0.13F, 0.0F}), place({-0.02F, 0.0F}),
                  place({0.0F, -0.6F}), place({0.03F, 0.0F}), place({0.14F, 0.0F}),
                  place({0.12F, -0.8F})});
    fill_rimmed(stage.canvas, legs, dark);
    Shape body;
    body.outline(hat ? std::span<const Knot>(kDress) : std::span<const Knot>(kCoat), place);
    if (hat) {
        const Rgb silk =
            stage.has(Word::White) ? hex(0xf6f2ec) : mix(stage.light.accent, hex(0xf4ece4), 0.45F);
        const Rgb cloth = stage.lit(silk, 0.18F) * 0.75F;
        fill_rimmed(stage.canvas, body,
                    {cloth * 1.1F, cloth * 0.65F, stage.lit(silk, 0.95F), dark.to_light});
        Shape hair;
        hair.polygon({place({-0.07F, -1.5F}), place({-0.085F, -0.98F}), place({0.085F, -0.98F}),
                      place({0.07F, -1.5F})});
        fill_rimmed(stage.canvas, hair,
                    {dark.top * 0.7F, dark.bottom * 0.7F, dark.rim * 0.4F, dark.to_light});
        paint_hat(stage, place, rim);
        return;
    }
    fill_rimmed(stage.canvas, body, dark);
    Shape head;
    head.outline(kHead, place);
    fill_rimmed(stage.canvas, head, dark);
}

void paint_astronaut(Stage& stage, const Figure& figure) {
    const float k = figure.size;
    const Point c = figure.foot - Point{0, k * 0.5F};
    const Rgb suit = hex(0xe4e8f0);
    const float side = stage.light_side();
    const auto limb = [&](std::initializer_list<Point> points, float from, float to) {
        std::vector<Point> path;
        for (const Point p : points) path.push_back(c + Point{p.x * k * figure.side, p.y * k});
        Shape shape;
        shape.ribbon(path, from * k, to * k);
        fill_rimmed(stage.canvas, shape,
                    {suit * 0.42F, suit * 0.20F, suit * 1.2F, {side * k * 0.03F, -k * 0.02F}});
        fill_ellipse(stage.canvas, {path.back(), to * k * 0.52F, to * k * 0.52F, 0}, suit * 0.26F,
                     1);
    };
    Shape pack;
    pack.polygon({c + Point{-0.19F * k, -0.22F * k}, c + Point{0.19F * k, -0.22F * k},
                  c + Point{0.19F * k, 0.15F * k}, c + Point{-0.19F * k, 0.15F * k}});
    fill_rimmed(stage.canvas, pack,
                {suit * 0.22F, suit * 0.12F, suit * 0.8F, {side * k * 0.02F, -k * 0.02F}});
    limb({{-0.12F, -0.16F}, {-0.30F, -0.10F}, {-0.38F, -0.26F}}, 0.13F, 0.10F);
    limb({{0.12F, -0.16F}, {0.30F, -0.02F}, {0.36F, 0.12F}}, 0.13F, 0.10F);
    limb({{-0.08F, 0.10F}, {-0.16F, 0.30F}, {-0.12F, 0.50F}}, 0.16F, 0.12F);
    limb({{0.08F, 0.10F}, {0.20F, 0.26F}, {0.26F, 0.44F}}, 0.16F, 0.12F);
    limb({{0.0F, -0.22F}, {0.0F, 0.14F}}, 0.30F, 0.27F);
    const Point head = c - Point{0, 0.36F * k};
    fill_ellipse(stage.canvas, {head, 0.17F * k, 0.165F * k, 0}, suit * 0.42F, 1);
    fill_ellipse(stage.canvas, {head + Point{side * 0.015F * k, 0}, 0.15F * k, 0.145F * k, 0},
                 suit * 0.16F, 1);
    fill_ellipse(stage.canvas, {head + Point{0, 0.01F * k}, 0.118F * k, 0.10F * k, 0},
                 hex(0x2a1a38), 1);
    dab(stage.canvas, head + Point{side * 0.04F * k, -0.02F * k}, 0.085F * k,
        stage.light.accent * 1.6F, 0.8F);
    dab(stage.canvas, head + Point{side * 0.055F * k, -0.035F * k}, 0.03F * k, grey(2), 0.9F);
}

}  // namespace imagify::demo
