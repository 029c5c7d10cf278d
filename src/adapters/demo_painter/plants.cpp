#include <array>
#include <vector>

#include "adapters/demo_painter/flora.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {

Rgb flower_colour(const Stage& stage, Dice& dice) {
    if (stage.has(Word::Sunflower)) return hex(dice.chance(0.85F) ? 0xffc820 : 0xe89010);
    if (stage.has(Word::Lavender)) return hex(dice.chance(0.7F) ? 0x9a74e0 : 0xb890f0);
    constexpr std::pair<Word, std::uint32_t> kNamed[] = {
        {Word::Red, 0xe03030},    {Word::Pink, 0xf890b8},   {Word::Gold, 0xffcc30},
        {Word::White, 0xfaf6f0},  {Word::Purple, 0xa870e0}, {Word::Blue, 0x6890f0},
        {Word::Orange, 0xff9030},
    };
    for (const auto& [word, colour] : kNamed) {
        if (stage.has(word) && dice.chance(0.75F)) return hex(colour);
    }
    // Each picture has its own two or three kinds, and white between them.
    constexpr std::uint32_t kMixed[] = {0xf07898, 0xffd050, 0xe85048, 0xb090e8, 0xff9850, 0xf8b0c8};
    const auto kind = static_cast<std::uint32_t>(stage.seed % 6);
    const float pick = dice.unit();
    return hex(pick < 0.5F ? kMixed[kind] : pick < 0.8F ? kMixed[(kind + 1) % 6] : 0xfaf4ee);
}

void paint_palm(Stage& stage, Dice& dice, const Plant& plant) {
    const float h = plant.size;
    const float lean = dice.side() * dice.between(0.12F, 0.30F);
    std::vector<Point> trunk;
    for (int i = 0; i <= 12; ++i) {
        const float t = to_float(i) / 12;
        trunk.push_back({plant.foot.x + lean * h * t * t, plant.foot.y - h * t});
    }
    Shape palm;
    palm.ribbon(trunk, h * 0.045F, h * 0.022F);
    const Point crown = trunk.back();
    constexpr int kFronds = 11;
    for (int i = 0; i < kFronds; ++i) {
        const float turn =
            lerp(-kPi * 1.12F, kPi * 0.12F, (to_float(i) + dice.between(0.1F, 0.9F)) / kFronds);
        const float reach = h * dice.between(0.30F, 0.42F);
        std::vector<Point> rib;
        for (int k = 0; k <= 14; ++k) {
            const float t = to_float(k) / 14;
            rib.push_back({crown.x + std::cos(turn) * reach * t,
                           crown.y + std::sin(turn) * reach * t + reach * 0.62F * t * t});
        }
        palm.ribbon(rib, h * 0.010F, h * 0.003F);
        for (std::size_t k = 2; k + 1 < rib.size(); ++k) {
            const Point along = rib[k + 1] - rib[k - 1];
            const float length = std::max(std::hypot(along.x, along.y), 0.01F);
            const float t = static_cast<float>(k) / 14;
            const float leaf = reach * 0.27F * std::sin(kPi * std::min(t * 0.9F + 0.12F, 1.0F));
            for (const float side : {-1.0F, 1.0F}) {
                const Point out{(along.x * 0.55F - side * along.y) / length * leaf,
                                (along.y * 0.55F + side * along.x) / length * leaf + leaf * 0.45F};
                const std::array<Point, 3> blade{rib[k], rib[k] + out * 0.55F,
                                                 rib[k] + out + Point{0, leaf * 0.10F}};
                palm.ribbon(blade, h * 0.013F, h * 0.001F);
            }
        }
    }
    fill_rimmed(stage.canvas, palm, stage.silhouette(crown, plant.air, std::max(1.0F, h * 0.006F)));
}

void paint_bamboo(Stage& stage) {
    Dice dice = stage.dice("bamboo");
    const Rgb stem = stage.light.grass * hex(0xc8e890);
    for (int layer = 0; layer < 3; ++layer) {
        const float near = to_float(layer) / 2;
        const float air = lerp(0.72F, 0.0F, near);
        const int count = layer == 2 ? 7 : 15 - layer * 3;
        for (int i = 0; i < count; ++i) {
            float at = dice.unit();
            if (layer == 2)
                at = i % 2 == 0 ? dice.between(-0.02F, 0.24F) : dice.between(0.80F, 1.03F);
            const float width = stage.unit * lerp(7, 21, near) * dice.between(0.8F, 1.2F);
            const float tilt = dice.between(-0.05F, 0.05F) * stage.height;
            const float x = at * stage.width;
            const float joint = width * dice.between(5.5F, 7.5F);
            const Rgb dark = stage.through_air(stage.lit(stem * 0.30F, 0.05F), air, x);
            const Rgb lit = stage.through_air(stage.lit(stem, 0.75F), air, x);
            for (float y = stage.height + dice.unit() * joint; y > -joint; y -= joint) {
                const float t = y / stage.height;
                const float x0 = x + tilt * (1 - t);
                Shape section;
                section.polygon({{x0 - width * 0.5F, y},
                                 {x0 + width * 0.5F, y},
                                 {x0 + width * 0.5F, y - joint * 0.965F},
                                 {x0 - width * 0.5F, y - joint * 0.965F}});
                fill(stage.canvas, section, 1, [&](int px, int py) {
                    const float across = (to_float(px) - x0) / width * stage.light_side();
                    const float knot = std::fabs((y - to_float(py)) / joint - 0.5F) * 2;
                    return mix(dark, lit,
                               clamp01(0.34F + across * 1.0F - square(across) * 1.1F) *
                                   (1 - 0.35F * knot * knot * knot));
                });
                if (!dice.chance(0.5F)) continue;
                for (int leaf = 0; leaf < 7; ++leaf) {
                    const float turn = dice.between(0.15F, kPi - 0.15F);
                    const float reach = joint * dice.between(0.5F, 1.1F);
                    const Point root{x0 + dice.bell() * width * 2.2F,
                                     y - joint + dice.bell() * width};
                    const Point tip =
                        root + Point{std::cos(turn) * reach, std::sin(turn) * reach * 0.7F};
                    const Point bulge{-(tip.y - root.y) * 0.16F, (tip.x - root.x) * 0.16F};
                    const Point middle = (root + tip) * 0.5F;
                    Shape blade;
                    blade.move_to(root);
                    blade.quad_to(middle + bulge, tip);
                    blade.quad_to(middle - bulge, root);
                    fill(stage.canvas, blade, mix(dark, lit, dice.between(0.1F, 0.75F)), 0.94F);
                }
            }
        }
    }
}

void paint_foreground_grass(Stage& stage) {
    Dice dice = stage.dice("grass");
    const bool flowers = stage.words.any({Word::Flowers, Word::Sunflower, Word::Lavender});
    const int count = to_int(240 * stage.width / (stage.unit * 1000));
    const Rgb tip = stage.lit(stage.light.grass * 1.2F, 0.7F);
    for (int i = 0; i < count; ++i) {
        const float x = dice.unit() * stage.width;
        const float off = std::fabs(x / stage.width - 0.5F) * 2;
        const float tall = stage.unit * lerp(26, 125, off * off) * dice.between(0.5F, 1.3F);
        const float lean = tall * dice.between(-0.45F, 0.45F);
        const Point foot{x, stage.height + 4};
        const std::array<Point, 4> blade{foot, foot + Point{lean * 0.15F, -tall * 0.4F},
                                         foot + Point{lean * 0.45F, -tall * 0.75F},
                                         foot + Point{lean, -tall}};
        Shape shape;
        shape.ribbon(blade, stage.unit * dice.between(3, 5.5F), stage.unit * 0.5F);
        const Rgb dark = stage.light.grass * stage.light.shade * 0.16F;
        fill(stage.canvas, shape, 1, [&](int, int y) {
            return mix(dark, tip, 0.75F * square(clamp01((stage.height - to_float(y)) / tall)));
        });
        if (flowers && dice.chance(0.22F)) {
            const Rgb petal = stage.lit(flower_colour(stage, dice), dice.between(0.3F, 0.8F));
            const Point heart = blade[3];
            const float size = stage.unit * dice.between(6, 13);
            for (int k = 0; k < 6; ++k) {
                const float turn = kTau * to_float(k) / 6 + lean;
                const Point at =
                    heart + Point{std::cos(turn) * size * 0.62F, std::sin(turn) * size * 0.45F};
                fill_ellipse(stage.canvas, {at, size * 0.52F, size * 0.36F, turn},
                             petal * dice.between(0.8F, 1.1F), 0.95F);
            }
            dab(stage.canvas, heart, size * 0.42F, stage.lit(hex(0x8a5a14), 0.4F), 0.95F);
        }
    }
}

namespace {

/// A lotus flower seen from the side: petals from the back to the front.
void paint_lotus_flower(Stage& stage, Dice& dice, Point heart, float size) {
    const Rgb rose = stage.has(Word::White) ? hex(0xfbf4f0) : hex(0xf48cb0);
    const Rgb pale = stage.has(Word::White) ? hex(0xffffff) : hex(0xffd8e2);
    constexpr std::array<float, 9> kTurns{-1.25F, 1.25F, -0.9F, 0.9F, -0.52F,
                                          0.52F,  -0.2F, 0.24F, 0.0F};
    for (const float turn : kTurns) {
        const float lean = turn + dice.between(-0.06F, 0.06F);
        const float reach = size * (std::fabs(turn) > 1 ? 0.95F : 1.08F);
        const Point tip = heart + Point{std::sin(lean) * reach, -std::cos(lean) * reach * 0.9F};
        const Point across{std::cos(lean) * size * 0.40F, std::sin(lean) * size * 0.40F};
        const Point middle = heart + (tip - heart) * 0.55F;
        Shape petal;
        petal.move_to(heart);
        petal.curve_to(heart + across * 0.8F, middle + across, tip);
        petal.curve_to(middle - across, heart - across * 0.8F, heart);
        const float lit = clamp01(0.5F + 0.4F * std::sin(lean) * stage.light_side());
        fill(stage.canvas, petal, 1, [&](int, int y) {
            const float t = clamp01((heart.y - to_float(y)) / reach);
            return stage.lit(mix(pale, rose, t * 0.9F + 0.08F), 0.16F + 0.55F * lit) *
                   (0.72F + 0.4F * t);
        });
    }
}

}  // namespace

void paint_lotus(Stage& stage, float from_row) {
    Dice dice = stage.dice("lotus");
    constexpr int kRows = 11;
    for (int row = 0; row < kRows; ++row) {
        const float near = (to_float(row) + 1) / kRows;
        const float y = lerp(from_row, stage.height * 1.02F, near * near);
        const float size = stage.unit * lerp(9, 118, near * near);
        const int count = to_int(lerp(15, 4.5F, near));
        for (int i = 0; i < count; ++i) {
            const Point at{dice.unit() * stage.width, y + dice.bell() * size * 0.22F};
            const float air = 0.55F * (1 - near);
            if (std::fabs(at.x / stage.width - 0.5F) < 0.13F * near && near > 0.5F) continue;
            const Rgb leaf = stage.lit(mix(hex(0x3f7d4c), hex(0x86b45a), dice.unit()),
                                       dice.between(0.12F, 0.5F));
            const Rgb shadow = stage.light.water * 0.35F;
            fill_ellipse(stage.canvas, {at + Point{0, size * 0.07F}, size, size * 0.27F, 0}, shadow,
                         0.5F);
            fill_ellipse(stage.canvas, {at, size, size * 0.25F, 0},
                         stage.through_air(leaf, air, at.x), 1);
            fill_ellipse(stage.canvas,
                         {at - Point{stage.light_side() * -size * 0.12F, size * 0.03F}, size * 0.8F,
                          size * 0.16F, 0},
                         stage.through_air(leaf * 1.35F, air, at.x), 0.55F);
            if (!dice.chance(0.42F)) continue;
            const Point heart =
                at - Point{dice.bell() * size * 0.2F, size * dice.between(0.45F, 0.95F)};
            const std::array<Point, 3> stem{
                at, {lerp(at.x, heart.x, 0.3F), lerp(at.y, heart.y, 0.5F)}, heart};
            Shape stalk;
            stalk.ribbon(stem, size * 0.05F, size * 0.035F);
            fill(stage.canvas, stalk, stage.through_air(leaf * 0.7F, air, at.x));
            paint_lotus_flower(stage, dice, heart, size * dice.between(0.40F, 0.56F));
        }
    }
}

}  // namespace imagify::demo
