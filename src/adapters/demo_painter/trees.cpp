#include <array>
#include <vector>

#include "adapters/demo_painter/flora.hpp"
#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

/// Grows limbs; the ends carry leaves.
struct Growth {
    Dice& dice;
    Shape wood;
    std::vector<Point> tips;
    float bend;

    void limb(Point from, float angle, float length, float width, int level) {
        std::array<Point, 6> path{};
        float heading = angle;
        Point at = from;
        for (std::size_t i = 0; i < path.size(); ++i) {
            path[i] = at;
            heading += dice.between(-0.20F, 0.20F) + bend * 0.02F;
            at = at + Point{std::cos(heading), std::sin(heading)} * (length / 5);
            if (level <= 2 && i > 1) tips.push_back(path[i]);
        }
        wood.ribbon(path, width, width * 0.62F);
        if (level == 0) {
            tips.push_back(path.back());
            return;
        }
        const int forks = level > 2 ? 3 : 2 + dice.below(2);
        for (int i = 0; i < forks; ++i) {
            const float spread = (to_float(i) / to_float(forks - 1) - 0.5F) * 1.5F;
            const std::size_t root =
                i == 0 ? path.size() - 1
                       : path.size() - 1 - static_cast<std::size_t>(dice.below(3));
            limb(path[root], heading + spread + dice.between(-0.22F, 0.22F),
                 length * dice.between(0.62F, 0.84F), width * 0.58F, level - 1);
        }
    }
};

/// Leaves or petals as dabs around the limbs' ends: dark ones first, lit ones above.
void paint_leaves(Stage& stage, Dice& dice, const std::vector<Point>& tips, float size,
                  const Crown& crown, float air) {
    if (tips.empty()) return;
    Point centre{};
    for (const Point tip : tips) centre = centre + tip * (1 / static_cast<float>(tips.size()));
    const float side = stage.light_side();
    const float clump = size * (crown.blossom ? 0.055F : 0.075F);
    const float leaf = std::max(size * (crown.blossom ? 0.0095F : 0.012F), stage.unit * 0.9F);
    const int wanted = to_int(std::min(size * size * 0.030F, 5200.0F) * crown.density);
    for (int pass = 0; pass < 2; ++pass) {
        for (int i = 0; i < wanted; ++i) {
            const Point tip =
                tips[static_cast<std::size_t>(dice.below(to_int(static_cast<float>(tips.size()))))];
            const Point at{tip.x + dice.bell() * clump, tip.y + dice.bell() * clump * 0.8F};
            const float rise = (centre.y - at.y) / (size * 0.35F);
            const float turned = side * (at.x - centre.x) / (size * 0.4F);
            const float local = (tip.y - at.y) / clump;
            float lit = clamp01(0.40F + 0.22F * rise + 0.26F * turned + 0.16F * local);
            if (pass == 0)
                lit *= 0.35F;
            else if (lit < 0.30F && dice.chance(0.6F))
                continue;
            const Rgb tone =
                mix(crown.leaf_shade, crown.leaf_lit, lit) * dice.between(0.82F, 1.15F);
            const float radius = leaf * dice.between(0.6F, 1.5F);
            fill_ellipse(stage.canvas, {at, radius, radius * 0.62F, dice.between(0, kPi)},
                         stage.through_air(tone, air, at.x), crown.blossom ? 0.88F : 0.92F);
        }
    }
}

Rgb bark(const Stage& stage, float air, float x) {
    return stage.through_air(hex(0x3a2a22) * (stage.light.shade + stage.light.key * 0.12F), air, x);
}

}  // namespace

Crown crown_of(const Stage& stage) {
    const Palette& light = stage.light;
    const auto make = [&](std::uint32_t lit, std::uint32_t shade, bool blossom) {
        return Crown{stage.lit(hex(lit), 0.55F), stage.lit(hex(shade), 0.06F), blossom ? 0.85F : 1,
                     blossom};
    };
    if (stage.has(Word::PeachBlossom)) return make(0xff9ab4, 0xc84a78, true);
    if (stage.has(Word::CherryBlossom)) return make(0xffd0e0, 0xd088b0, true);
    if (stage.has(Word::ApricotBlossom)) return make(0xffd840, 0xc88a18, true);
    if (stage.has(Word::Autumn)) return make(0xf09030, 0x8a3018, false);
    if (stage.words.any({Word::Snow, Word::Winter})) return make(0xf4f8ff, 0x8090b0, false);
    return {stage.lit(light.grass * 1.25F, 0.6F), stage.lit(light.grass * 0.42F, 0.05F), 1, false};
}

void paint_tree(Stage& stage, Dice& dice, const Plant& plant, const Crown& crown) {
    Growth growth{dice, {}, {}, dice.side() * 0.6F};
    const int levels = plant.size > 220 ? 5 : plant.size > 60 ? 3 : 2;
    growth.limb(plant.foot, -kPi / 2 + dice.between(-0.14F, 0.14F), plant.size * 0.30F,
                plant.size * 0.062F, levels);
    const Rgb wood = bark(stage, plant.air, plant.foot.x);
    fill_rimmed(stage.canvas, growth.wood,
                {wood,
                 wood,
                 mix(wood, stage.light.key * 0.4F, 0.6F),
                 {stage.light_side() * std::max(1.0F, plant.size * 0.006F), 0}});
    paint_leaves(stage, dice, growth.tips, plant.size, crown, plant.air);
}

void paint_framing_branch(Stage& stage, float side, const Crown& crown) {
    Dice dice = stage.dice("branch");
    Growth growth{dice, {}, {}, side * 0.8F};
    const float size = stage.unit * 620;
    const Point root{side < 0 ? -stage.unit * 20 : stage.width + stage.unit * 20,
                     stage.height * dice.between(0.10F, 0.2F)};
    growth.limb(root, side < 0 ? 0.10F : kPi - 0.10F, size * 0.36F, size * 0.034F, 4);
    fill(stage.canvas, growth.wood, bark(stage, 0, root.x) * 0.8F);
    paint_leaves(stage, dice, growth.tips, size, crown, 0);
}

void paint_pine(Stage& stage, Dice& dice, const Plant& plant) {
    Shape tree;
    const float h = plant.size;
    const float x = plant.foot.x;
    const std::array<Point, 2> trunk{plant.foot, plant.foot - Point{0, h}};
    tree.ribbon(trunk, std::max(h * 0.034F, 0.8F), 0.4F);
    const int tiers = std::clamp(to_int(h / 7), 4, 26);
    const float lean = dice.between(-0.02F, 0.02F) * h;
    for (int i = 0; i < tiers; ++i) {
        const float t = (to_float(i) + 0.35F) / to_float(tiers);
        const float y = plant.foot.y - h * (0.99F - 0.90F * t);
        const float reach = h * (0.02F + 0.205F * std::pow(t, 0.85F));
        for (const float side : {-1.0F, 1.0F}) {
            const float out = reach * dice.between(0.62F, 1.12F);
            const float droop = h * (0.020F + 0.055F * t) * dice.between(0.6F, 1.2F);
            const float mid = x + lean * (1 - t);
            const float thick = h * 0.92F / to_float(tiers);
            tree.move_to({mid, y - thick * 0.75F});
            tree.quad_to({mid + side * out * 0.45F, y + droop * 0.1F},
                         {mid + side * out, y + droop});
            tree.quad_to({mid + side * out * 0.55F, y + droop * 0.9F + thick * 0.25F},
                         {mid, y + thick * 0.55F});
            tree.close();
        }
    }
    const bool snow = stage.words.any({Word::Snow, Word::Winter});
    const Rgb needle = mix(stage.light.grass * hex(0xa0c8a8), hex(0x21402f), 0.6F);
    const Rgb body = stage.through_air(stage.lit(needle, 0.10F) * 0.75F, plant.air, x);
    const Rgb lit = stage.through_air(
        snow ? stage.lit(grey(0.9F), 0.7F) : stage.lit(needle * 1.6F, 0.6F), plant.air, x);
    const float rim = std::clamp(h * 0.014F, 1.0F, 4.0F);
    fill_rimmed(stage.canvas, tree,
                {body * 1.1F, body * 0.85F, lit, {stage.light_side() * rim, -rim * 1.2F}});
}

void paint_forest(Stage& stage) {
    Dice dice = stage.dice("forest");
    constexpr int kRows = 6;
    const float ground = stage.horizon;
    for (int row = 0; row < kRows; ++row) {
        const float near = to_float(row) / (kRows - 1);
        const float foot = lerp(ground, stage.height * 1.06F, std::pow(near, 1.5F));
        const float size = stage.unit * lerp(110, 640, std::pow(near, 1.6F));
        const float air = lerp(0.86F, 0.0F, std::pow(near, 0.7F));
        const int count = to_int(lerp(70, 9, std::pow(near, 0.55F)));
        const float roll = dice.unit() * 20;
        for (int i = 0; i < count; ++i) {
            const float at = (to_float(i) + dice.unit()) / to_float(count);
            const float gap = std::fabs(at - stage.sun.x / stage.width);
            // The nearest rows leave a clearing where the light comes from.
            if (row >= kRows - 2 && gap < 0.27F) continue;
            const float lift =
                (smooth_noise(at * 3 + roll) - 0.5F) * stage.unit * lerp(120, 40, near);
            const Plant plant{{at * stage.width, foot + lift + size * 0.10F},
                              size * dice.between(0.62F, 1.15F),
                              air};
            if (stage.has(Word::Forest) &&
                !stage.words.any({Word::Pine, Word::Snow, Word::Fog, Word::Winter, Word::Ink}) &&
                dice.chance(0.4F)) {
                Plant broad = plant;
                broad.size *= 0.66F;
                Crown crown = crown_of(stage);
                crown.density = row + 1 == kRows ? 0.9F : 0.55F;
                paint_tree(stage, dice, broad, crown);
            } else {
                paint_pine(stage, dice, plant);
            }
        }
        if (row + 1 < kRows) {
            paint_mist(stage, foot + stage.unit * 14, stage.unit * lerp(80, 130, near),
                       lerp(0.85F, 0.35F, near));
        }
    }
}

}  // namespace imagify::demo
