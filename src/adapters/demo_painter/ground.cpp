#include "adapters/demo_painter/flora.hpp"
#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/relief.hpp"

namespace imagify::demo {
namespace {

/// Rolling meadow, with what grows on it planted slice by slice.
struct Meadow {
    Stage& stage;
    Camera camera;
    Dice dice;
    float offset;
    float flowers;  // Dabs a slice.
    float trees;    // Chance of a tree a slice.
    bool rows;      // Tea or lavender in rows.
    bool wheat;
    bool snow;

    float height(float x, float z) const {
        const float far = smoothstep(2, 26, z);
        const float roll = smooth_noise(x * 0.09F + offset, z * 0.10F) - 0.42F;
        const float swell = smooth_noise(x * 0.31F + offset, z * 0.27F) - 0.5F;
        return roll * (0.5F + 3.6F * far) + swell * (0.16F + 0.5F * far);
    }

    Rgb colour(const Spot& spot) const {
        const Palette& light = stage.light;
        const float patch = cloud_tile().at(spot.x * 0.035F + offset, spot.z * 0.035F);
        // Blades of grass show only near the viewer.
        const float coarse = grain_tile().at(spot.x * 0.13F, spot.z * 0.05F);
        const float fine = cloud_tile().at(spot.x * 1.9F, spot.z * 0.55F);
        const float blade = lerp(coarse, fine, smoothstep(7, 2, spot.z) * 0.85F);
        Rgb albedo = light.grass * (0.45F + 0.75F * patch + 0.5F * (blade - 0.5F));
        if (wheat)
            albedo = mix(hex(0xd8a83c), hex(0x8f8a34), patch * 0.6F) * (0.55F + 0.8F * blade);
        if (rows) {
            const float stripe = 0.5F + 0.5F * std::sin(spot.x * 6.5F + spot.h * 4 + patch * 3);
            const Rgb crop = stage.has(Word::Lavender) ? hex(0x8f6cd8) : light.grass * 1.1F;
            albedo = mix(light.grass * 0.35F, crop * (0.7F + 0.6F * blade),
                         smoothstep(0.2F, 0.7F, stripe));
        }
        if (snow) albedo = grey(0.86F + 0.14F * patch);
        const float facing =
            0.42F + stage.light_side() * -spot.slope_x * 1.1F - spot.slope_z * 0.5F;
        Rgb c = stage.lit(albedo, clamp01(facing) * 0.62F);
        c += light.sun * light.grass * (0.10F * light.glow * clamp01(facing));
        const float air = 1 - std::exp(-(spot.z - 2.0F) * 0.040F);
        return stage.through_air(c, clamp01(air) * 0.94F, spot.column);
    }

    Plant plant_at(float column, float z, float world_size) const {
        const float x = camera.world_x(column, z);
        return {{column, camera.row_of(height(x, z), z)},
                world_size * camera.focal / z,
                clamp01(1 - std::exp(-(z - 2.0F) * 0.040F)) * 0.94F};
    }

    void after_slice(float far_z, float z) {
        const float near = z < 3 ? 1.6F : std::min(1.0F, 6 / z);
        for (int i = 0; i < to_int(flowers * near + dice.unit()); ++i) {
            const float column = dice.unit() * stage.width;
            const float depth = lerp(z, far_z, dice.unit());
            const Plant spot = plant_at(column, depth, 0.055F);
            const float grows = smooth_noise(camera.world_x(column, depth) * 1.7F, depth * 1.3F);
            if (grows < 0.42F && dice.chance(0.75F)) continue;
            const Rgb petal = stage.lit(flower_colour(stage, dice), dice.between(0.3F, 0.8F));
            const float size = std::clamp(spot.size * dice.between(0.5F, 1.0F), stage.unit * 0.9F,
                                          stage.unit * 5.5F);
            fill_ellipse(stage.canvas, {spot.foot - Point{0, size}, size, size * 0.72F, 0},
                         stage.through_air(petal, spot.air, column), 0.9F);
        }
        if (z < 8 || !dice.chance(trees)) return;
        const int group = 1 + dice.below(5);
        const float middle = dice.unit() * stage.width;
        for (int i = 0; i < group; ++i) {
            const float column = middle + dice.bell() * 0.9F * camera.focal / z;
            const Plant plant = plant_at(column, z, dice.between(0.9F, 1.5F));
            if (stage.has(Word::Pine) || snow)
                paint_pine(stage, dice, plant);
            else
                paint_tree(stage, dice, plant, crown_of(stage));
        }
    }
};

struct Dunes {
    Stage& stage;
    float offset;

    float height(float x, float z) const {
        const float bend = smooth_noise(x * 0.05F + offset, z * 0.09F) * 3.2F;
        const float n =
            smooth_noise(x * 0.075F + z * 0.03F + offset + bend * 0.22F, z * 0.13F + bend * 0.3F);
        const float crest = 1 - std::fabs(2 * n - 1);
        const float second = smooth_noise(x * 0.22F + bend, z * 0.30F + offset);
        return (crest * crest * 2.6F + (1 - std::fabs(2 * second - 1)) * 0.42F) *
                   (0.35F + 0.65F * smoothstep(3, 14, z)) -
               0.9F;
    }

    Rgb colour(const Spot& spot) const {
        const Palette& light = stage.light;
        const float warp = cloud_tile().at(spot.x * 0.05F, spot.z * 0.05F);
        const float ripple =
            std::sin((spot.z * 9 + spot.x * 2.5F + warp * 30)) * smoothstep(14, 3, spot.z) * 0.10F;
        const float grain = grain_tile().at(spot.x * 0.4F, spot.z * 0.4F) - 0.5F;
        const Rgb sand = hex(0xe0a868) * (1 + grain * 0.12F + ripple);
        const float steep = std::sqrt(1 + square(spot.slope_x) + square(spot.slope_z));
        const float facing =
            (0.24F - stage.light_side() * -spot.slope_x * -1.25F - spot.slope_z * 0.25F) / steep;
        Rgb c =
            sand * (light.shade * 0.75F + light.key * (0.95F * smoothstep(-0.05F, 0.62F, facing)));
        return stage.through_air(c, clamp01(1 - std::exp(-(spot.z - 3) * 0.028F)), spot.column);
    }

    void after_slice(float, float) const {}
};

struct Terraces {
    Stage& stage;
    float offset;
    float flooded;  // Share of terraces that stand under water.

    static constexpr float kSteps = 2.7F;  // A unit of height.

    float slope(float x, float z) const {
        const float fold = smooth_noise(x * 0.16F + offset, z * 0.16F) - 0.5F;
        const float bump = smooth_noise(x * 0.42F + offset, z * 0.40F) - 0.5F;
        const float valley = std::fabs(x + stage.light_side() * 1.2F + fold * 5 - z * 0.05F);
        return fold * 2.8F + bump * 0.7F + valley * 0.44F + z * 0.055F;
    }
    float height(float x, float z) const {
        const float steps = slope(x, z) * kSteps;
        const float level = std::floor(steps);
        const float stepped = level + smoothstep(0.60F, 1.0F, steps - level);
        return lerp(stepped, steps, smoothstep(12, 30, z)) / kSteps;
    }

    Rgb colour(const Spot& spot) const {
        const Palette& light = stage.light;
        const float steps = slope(spot.x, spot.z) * kSteps;
        const float level = std::floor(steps);
        const float along = steps - level;
        const float patch = cloud_tile().at(spot.x * 0.05F + level * 0.21F, spot.z * 0.05F);
        const float blade = grain_tile().at(spot.x * 0.35F, spot.z * 0.16F);
        const bool ripe = stage.words.any({Word::Gold, Word::RiceField, Word::Autumn}) ||
                          stage.light.hour == Hour::Sunset;
        const float kind = lattice(to_int(level), to_int(std::floor(spot.x * 0.12F + offset)));
        const Rgb green = mix(light.grass * 0.9F, hex(0xa8c850), patch * 0.6F);
        const Rgb gold = mix(hex(0xe8b840), hex(0xb8b048), patch);
        Rgb crop = mix(green, gold, ripe ? 0.75F + 0.25F * kind : 0.22F * kind);
        crop *= 0.55F + 0.9F * blade;
        const bool water = kind < flooded && along < 0.60F;
        const float far = smoothstep(9, 28, spot.z);
        const float riser = smoothstep(0.58F, 0.74F + 0.2F * far, along) * (1 - 0.55F * far);
        const float lip = smoothstep(0.10F, 0.0F, along);
        const float facing = clamp01(0.55F + stage.light_side() * spot.slope_x * -0.5F);
        Rgb c = stage.lit(mix(crop, light.grass * 0.30F, riser * 0.85F),
                          facing * lerp(0.75F, 0.3F, riser));
        if (water) {
            const float off = (spot.column - stage.sun.x) / stage.width;
            c = mix(light.lower, light.horizon, patch) * 0.80F +
                light.sun * (0.35F * light.glow / (1 + off * off * 30));
        }
        c = mix(c, stage.lit(hex(0xd8d070), 0.8F), lip * (water ? 0.15F : 0.35F));
        return stage.through_air(c, clamp01(1 - std::exp(-(spot.z - 5) * 0.036F)) * 0.95F,
                                 spot.column);
    }

    void after_slice(float, float) const {}
};

}  // namespace

void paint_hills(Stage& stage) {
    Dice dice = stage.dice("hills");
    const Camera camera{stage.horizon, stage.unit * 1000, stage.width * 0.5F, 1.15F};
    const bool flowers = stage.words.any({Word::Flowers, Word::Sunflower, Word::Lavender,
                                          Word::CherryBlossom, Word::Spring, Word::Butterfly});
    const bool snow = stage.words.any({Word::Snow, Word::Winter});
    const float offset = dice.unit() * 40;
    Meadow meadow{stage,
                  camera,
                  dice,
                  offset,
                  snow || stage.words.any({Word::Forest, Word::Pine, Word::RiceField, Word::Bamboo})
                      ? 0.0F
                  : flowers                 ? 50.0F
                  : stage.has(Word::Meadow) ? 5.0F
                                            : 0.5F,
                  stage.words.any({Word::Tree, Word::Village}) ? 0.30F : 0.07F,
                  stage.words.any({Word::Hill, Word::Lavender}) && !snow,
                  stage.has(Word::RiceField),
                  snow};
    paint_relief(stage.canvas, camera, {44, 1.25F, 300, 0.75F}, meadow);
}

void paint_dunes(Stage& stage) {
    Dice dice = stage.dice("dunes");
    Dunes dunes{stage, dice.unit() * 40};
    const Camera camera{stage.horizon, stage.unit * 1000, stage.width * 0.5F, 1.9F};
    paint_relief(stage.canvas, camera, {60, 2.0F, 430, 0.8F}, dunes);
}

void paint_terraces(Stage& stage) {
    Dice dice = stage.dice("terraces");
    const bool ripe = stage.words.any({Word::Gold, Word::RiceField, Word::Autumn});
    Terraces terraces{stage, dice.unit() * 40, ripe ? 0.05F : dice.between(0.25F, 0.6F)};
    const Camera camera{stage.horizon, stage.unit * 1000, stage.width * 0.5F, 5.4F};
    paint_relief(stage.canvas, camera, {46, 4.0F, 340, 1}, terraces);
}

}  // namespace imagify::demo
