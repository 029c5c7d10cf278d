#include <array>

#include "adapters/demo_painter/creatures.hpp"

namespace imagify::demo {
namespace {

/// Outlines look right, stand on y = 0 and are about one unit high for each unit of `size`.
constexpr std::array<Knot, 17> kCat{{{-0.40F, 0.0F},
                                     {-0.46F, -0.33F},
                                     {-0.29F, -0.76F},
                                     {-0.20F, -0.93F},
                                     {-0.31F, -1.08F},
                                     {-0.30F, -1.22F},
                                     {-0.29F, -1.47F, true},
                                     {-0.12F, -1.33F},
                                     {0.12F, -1.33F},
                                     {0.29F, -1.47F, true},
                                     {0.30F, -1.22F},
                                     {0.31F, -1.08F},
                                     {0.20F, -0.93F},
                                     {0.29F, -0.76F},
                                     {0.46F, -0.33F},
                                     {0.40F, 0.0F},
                                     {0.0F, 0.03F}}};
constexpr std::array<Knot, 24> kDog{
    {{-0.46F, 0.0F, true}, {-0.56F, -0.26F},    {-0.44F, -0.62F},       {-0.22F, -0.98F},
     {-0.13F, -1.22F},     {-0.16F, -1.40F},    {-0.06F, -1.58F, true}, {0.06F, -1.42F},
     {0.20F, -1.34F},      {0.42F, -1.26F},     {0.47F, -1.18F},        {0.38F, -1.10F},
     {0.18F, -1.06F},      {0.15F, -0.86F},     {0.23F, -0.56F},        {0.17F, -0.26F},
     {0.20F, -0.06F},      {0.33F, 0.0F, true}, {0.07F, 0.0F, true},    {0.05F, -0.34F},
     {-0.04F, -0.26F},     {-0.02F, -0.06F},    {0.06F, 0.0F, true},    {-0.22F, 0.02F}}};
constexpr std::array<Knot, 33> kHorse{
    {{1.02F, -1.40F},  {0.93F, -1.60F},      {0.82F, -1.74F},      {0.80F, -1.88F, true},
     {0.73F, -1.73F},  {0.52F, -1.50F},      {0.28F, -1.20F},      {-0.15F, -1.10F},
     {-0.56F, -1.17F}, {-0.80F, -1.04F},     {-0.84F, -0.78F},     {-0.73F, -0.50F},
     {-0.80F, -0.26F}, {-0.77F, 0.0F, true}, {-0.65F, 0.0F, true}, {-0.68F, -0.26F},
     {-0.56F, -0.50F}, {-0.42F, -0.68F},     {0.0F, -0.62F},       {0.27F, -0.66F},
     {0.33F, -0.42F},  {0.30F, -0.10F},      {0.30F, 0.0F, true},  {0.42F, 0.0F, true},
     {0.41F, -0.10F},  {0.45F, -0.42F},      {0.52F, -0.80F},      {0.62F, -1.02F},
     {0.72F, -1.26F},  {0.83F, -1.30F},      {0.93F, -1.27F},      {1.02F, -1.24F},
     {1.06F, -1.31F}}};
constexpr std::array<Knot, 27> kBuffalo{
    {{1.10F, -0.58F},      {1.03F, -0.82F},  {0.90F, -0.98F},  {0.70F, -1.00F},
     {0.42F, -1.10F},      {0.05F, -1.02F},  {-0.52F, -1.06F}, {-0.80F, -0.92F},
     {-0.86F, -0.60F},     {-0.74F, -0.34F}, {-0.78F, -0.14F}, {-0.78F, 0.0F, true},
     {-0.60F, 0.0F, true}, {-0.60F, -0.16F}, {-0.52F, -0.38F}, {-0.32F, -0.42F},
     {0.0F, -0.34F},       {0.28F, -0.40F},  {0.32F, -0.20F},  {0.30F, 0.0F, true},
     {0.48F, 0.0F, true},  {0.49F, -0.18F},  {0.56F, -0.48F},  {0.70F, -0.56F},
     {0.86F, -0.50F},      {0.98F, -0.44F},  {1.08F, -0.47F}}};
constexpr std::array<Knot, 13> kFluke{{{-0.20F, 0.0F, true},
                                       {-0.15F, -0.40F},
                                       {-0.17F, -0.68F},
                                       {-0.48F, -0.92F},
                                       {-1.02F, -0.98F, true},
                                       {-0.62F, -1.24F},
                                       {0.0F, -1.06F, true},
                                       {0.62F, -1.24F},
                                       {1.02F, -0.98F, true},
                                       {0.48F, -0.92F},
                                       {0.17F, -0.68F},
                                       {0.15F, -0.40F},
                                       {0.20F, 0.0F, true}}};

struct Drawing {
    Placement place;
    Shape shape;

    explicit Drawing(const Figure& figure, float unit_height)
        : place{figure.foot, figure.side * figure.size / unit_height, figure.size / unit_height,
                0} {}

    void stroke(std::initializer_list<Point> points, float from, float to) {
        std::vector<Point> placed;
        // Catmull-Rom between the points, so that a few of them make a smooth tail or horn.
        const std::vector<Point> knots(points);
        for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
            const Point a = knots[i == 0 ? 0 : i - 1];
            const Point b = knots[i];
            const Point c = knots[i + 1];
            const Point d = knots[std::min(i + 2, knots.size() - 1)];
            for (int k = 0; k < 6; ++k) {
                const float t = to_float(k) / 6;
                placed.push_back(
                    place((b * 2 + (c - a) * t + (a * 2 - b * 5 + c * 4 - d) * (t * t) +
                           (b * 3 - a - c * 3 + d) * (t * t * t)) *
                          0.5F));
            }
        }
        placed.push_back(place(knots.back()));
        shape.ribbon(placed, from * place.scale_y, to * place.scale_y);
    }
};

void finish(Stage& stage, Drawing& drawing, const Figure& figure) {
    const float rim = std::clamp(figure.size * 0.018F, 1.0F, 5.0F);
    RimLight look = stage.silhouette(figure.foot - Point{0, figure.size * 0.6F}, figure.air, rim);
    if (stage.has(Word::White)) {
        look.top = stage.lit(grey(0.86F), 0.40F);
        look.bottom = stage.lit(grey(0.62F), 0.10F);
        look.rim = stage.lit(grey(1), 0.9F);
    }
    fill_rimmed(stage.canvas, drawing.shape, look);
}

void add_far_legs(Drawing& drawing) {
    drawing.stroke({{-0.58F, -0.70F}, {-0.50F, -0.45F}, {-0.55F, -0.22F}, {-0.50F, 0.0F}}, 0.24F,
                   0.09F);
    drawing.stroke({{0.36F, -0.70F}, {0.56F, -0.45F}, {0.58F, -0.25F}, {0.54F, -0.04F}}, 0.18F,
                   0.09F);
}

}  // namespace

void paint_cat(Stage& stage, const Figure& figure) {
    Drawing cat(figure, 1.5F);
    cat.shape.outline(kCat, cat.place);
    cat.stroke({{0.34F, -0.06F}, {0.66F, 0.0F}, {0.90F, -0.10F}, {0.94F, -0.36F}, {0.80F, -0.50F}},
               0.15F, 0.07F);
    finish(stage, cat, figure);
}

void paint_dog(Stage& stage, const Figure& figure) {
    Drawing dog(figure, 1.55F);
    dog.shape.outline(kDog, dog.place);
    dog.stroke({{-0.48F, -0.12F}, {-0.72F, -0.08F}, {-0.86F, -0.26F}, {-0.84F, -0.44F}}, 0.14F,
               0.05F);
    finish(stage, dog, figure);
}

void paint_horse(Stage& stage, const Figure& figure) {
    Drawing horse(figure, 1.85F);
    horse.shape.outline(kHorse, horse.place);
    add_far_legs(horse);
    horse.stroke({{-0.78F, -1.06F}, {-0.98F, -0.96F}, {-1.02F, -0.62F}, {-1.10F, -0.36F}}, 0.10F,
                 0.03F);
    horse.stroke({{-0.78F, -1.02F}, {-0.94F, -0.84F}, {-0.96F, -0.52F}, {-1.00F, -0.30F}}, 0.12F,
                 0.02F);
    for (int i = 0; i < 7; ++i) {
        const float t = to_float(i) / 6;
        const Point root{lerp(0.78F, 0.34F, t), lerp(-1.80F, -1.26F, t)};
        horse.stroke({root, root + Point{-0.12F, 0.0F}, root + Point{-0.22F, 0.13F}}, 0.09F, 0.01F);
    }
    finish(stage, horse, figure);
}

void paint_deer(Stage& stage, const Figure& figure) {
    Drawing deer(figure, 2.5F);
    deer.shape.outline(kHorse, deer.place);
    add_far_legs(deer);
    for (const float spread : {-0.18F, 0.10F}) {
        const float x = 0.76F + spread * 0.3F;
        deer.stroke({{x, -1.78F},
                     {x + spread * 0.8F - 0.10F, -2.02F},
                     {x + spread * 1.8F - 0.08F, -2.30F},
                     {x + spread * 1.9F + 0.04F, -2.52F}},
                    0.055F, 0.02F);
        deer.stroke({{x + spread * 0.8F - 0.10F, -2.02F},
                     {x + spread + 0.08F, -2.16F},
                     {x + spread + 0.18F, -2.28F}},
                    0.04F, 0.015F);
        deer.stroke({{x + spread * 1.6F - 0.09F, -2.22F},
                     {x + spread * 2.1F - 0.20F, -2.36F},
                     {x + spread * 2.2F - 0.22F, -2.46F}},
                    0.035F, 0.015F);
    }
    finish(stage, deer, figure);
}

void paint_buffalo(Stage& stage, const Figure& figure) {
    Drawing buffalo(figure, 1.7F);
    buffalo.shape.outline(kBuffalo, buffalo.place);
    buffalo.stroke({{-0.56F, -0.60F}, {-0.44F, -0.36F}, {-0.48F, -0.16F}, {-0.44F, 0.0F}}, 0.28F,
                   0.15F);
    buffalo.stroke({{0.42F, -0.60F}, {0.56F, -0.36F}, {0.60F, -0.16F}, {0.58F, 0.0F}}, 0.22F,
                   0.14F);
    buffalo.stroke({{0.84F, -0.96F}, {0.66F, -1.14F}, {0.44F, -1.26F}, {0.24F, -1.24F}}, 0.11F,
                   0.02F);
    buffalo.stroke({{0.92F, -0.96F}, {1.08F, -1.16F}, {1.06F, -1.36F}, {0.92F, -1.50F}}, 0.10F,
                   0.02F);
    buffalo.stroke({{-0.82F, -0.90F}, {-0.96F, -0.70F}, {-0.94F, -0.40F}, {-1.0F, -0.28F}}, 0.06F,
                   0.05F);
    buffalo.stroke({{-0.14F, -1.02F}, {-0.16F, -1.25F}, {-0.10F, -1.44F}}, 0.26F, 0.18F);
    buffalo.stroke({{-0.06F, -1.06F}, {0.12F, -1.0F}, {0.16F, -0.78F}}, 0.12F, 0.07F);
    buffalo.stroke({{-0.10F, -1.32F}, {0.08F, -1.22F}, {0.26F, -1.30F}}, 0.08F, 0.05F);
    buffalo.shape.move_to(buffalo.place({-0.42F, -1.50F}));
    buffalo.shape.quad_to(buffalo.place({-0.16F, -1.70F}), buffalo.place({-0.09F, -1.80F}));
    buffalo.shape.quad_to(buffalo.place({-0.02F, -1.70F}), buffalo.place({0.24F, -1.50F}));
    buffalo.shape.quad_to(buffalo.place({-0.09F, -1.44F}), buffalo.place({-0.42F, -1.50F}));
    finish(stage, buffalo, figure);
}

void paint_standing_crane(Stage& stage, const Figure& figure) {
    Drawing crane(figure, 1.9F);
    constexpr std::array<Knot, 8> kBody{{{0.34F, -0.98F},
                                         {0.18F, -1.10F},
                                         {-0.12F, -1.06F},
                                         {-0.42F, -0.90F},
                                         {-0.66F, -0.66F, true},
                                         {-0.34F, -0.72F},
                                         {0.0F, -0.72F},
                                         {0.26F, -0.82F}}};
    crane.shape.outline(kBody, crane.place);
    crane.stroke({{0.26F, -0.95F},
                  {0.44F, -1.16F},
                  {0.34F, -1.42F},
                  {0.30F, -1.66F},
                  {0.40F, -1.82F},
                  {0.50F, -1.82F}},
                 0.17F, 0.085F);
    crane.stroke({{0.48F, -1.82F}, {0.62F, -1.79F}, {0.80F, -1.74F}}, 0.075F, 0.012F);
    crane.stroke({{0.02F, -0.76F}, {0.06F, -0.40F}, {0.04F, -0.02F}}, 0.05F, 0.03F);
    crane.stroke({{0.04F, -0.02F}, {0.16F, 0.0F}}, 0.03F, 0.02F);
    crane.stroke({{-0.08F, -0.76F}, {-0.22F, -0.48F}, {-0.02F, -0.34F}}, 0.05F, 0.03F);
    const float rim = std::clamp(figure.size * 0.018F, 1.0F, 5.0F);
    const Rgb feather =
        stage.through_air(stage.lit(hex(0xf4f0ea), 0.34F), figure.air, figure.foot.x);
    fill_rimmed(
        stage.canvas, crane.shape,
        {feather, feather * 0.62F, stage.lit(grey(1), 0.8F), {stage.light_side() * rim, -rim}});
}

void paint_whale_tail(Stage& stage, const Figure& figure) {
    Drawing whale(figure, 1.2F);
    whale.shape.outline(kFluke, whale.place);
    finish(stage, whale, figure);
    Dice dice = stage.dice("splash");
    for (int i = 0; i < 170; ++i) {
        const float out = dice.bell() * 0.34F;
        const Point at{figure.foot.x + out * figure.size,
                       figure.foot.y -
                           std::fabs(dice.bell()) * figure.size * 0.13F * std::exp(-out * out * 4)};
        dab(stage.canvas, at, stage.unit * dice.between(1.5F, 5),
            stage.light.key * 0.25F + stage.light.horizon * 0.6F, dice.between(0.2F, 0.7F));
    }
}

}  // namespace imagify::demo
