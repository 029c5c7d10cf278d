#include <vector>

#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

struct Tower {
    float centre, half_width, height, lean;
};

struct Layer {
    std::vector<Tower> towers;
    float air;  // How much of it distance hides.
    float waterline;
};

/// Height of the tallest tower over a column and where on it the column is (-1 to 1).
Point profile(const Layer& layer, float x, float unit) {
    Point best{0, 0};
    float weights = 0;
    for (const Tower& tower : layer.towers) {
        const float rough = smooth_noise(x / (unit * 38), tower.centre) - 0.5F;
        const float at = (x - tower.centre) / tower.half_width + rough * 0.20F;
        if (std::fabs(at) >= 1) continue;
        const float round = 1 - std::pow(std::fabs(at), 3.0F);
        const float jag = smooth_noise(x / (unit * 27), tower.height) * 0.72F +
                          smooth_noise(x / (unit * 8), tower.height) * 0.20F +
                          smooth_noise(x / (unit * 2.6F), tower.height) * 0.08F;
        const float h =
            tower.height * std::pow(round, 0.62F) * (0.82F + 0.08F * at * tower.lean + 0.18F * jag);
        // Near a seam both towers shade the rock, so that no edge shows.
        const float weight = square(square(h * h));
        best.x += at * weight;
        weights += weight;
        best.y = std::max(best.y, h);
    }
    if (weights > 0) best.x /= weights;
    return best;
}

/// The rock's colour at `down` (0 the top, 1 the foot) of a column that is at `across` on its
/// tower.
Rgb rock_colour(const Stage& stage, const Layer& layer, Point pixel, float across, float down) {
    const Palette& light = stage.light;
    const float u = pixel.x / (stage.unit * 1000);
    const float v = pixel.y / (stage.unit * 1000);
    const float crag = cloud_tile().at(u * 2.3F, v * 0.75F + layer.air) * 0.65F +
                       cloud_tile().at(u * 6.1F, v * 2.4F) * 0.35F;
    const float leaf = cloud_tile().at(u * 2.2F + 0.4F, v * 2.6F);
    const float fine = grain_tile().at(u * 1.5F, v * 1.5F) - 0.5F;
    const float facing = clamp01(0.42F + stage.light_side() * across * 0.62F +
                                 (crag - 0.5F) * 2.3F + (0.25F - down) * 0.30F);
    const float green =
        smoothstep(0.44F, 0.60F, leaf * 0.7F + crag * 0.3F + (0.34F - down) * 0.34F);
    Rgb albedo = mix(light.rock * 1.1F, light.grass * (0.42F + 0.5F * leaf), green);
    albedo *= 1 + fine * 0.7F;
    Rgb c = stage.lit(albedo, facing * facing * 0.75F);
    c *= lerp(1, 0.45F, smoothstep(0.93F, 1.0F, down));  // The sea has cut into the foot.
    const float low = 0.38F * square(down) * (0.3F + layer.air);
    return stage.through_air(c, clamp01(layer.air + low), pixel.x);
}

void paint_layer(Stage& stage, const Layer& layer) {
    std::vector<Point> columns;
    float tallest = 0;
    for (int x = 0; x < stage.canvas.width(); ++x) {
        columns.push_back(profile(layer, to_float(x), stage.unit));
        tallest = std::max(tallest, columns.back().y);
    }
    const int last = std::min(to_int(layer.waterline), stage.canvas.height() - 1);
    for (int y = std::max(0, to_int(layer.waterline - tallest)); y <= last; ++y) {
        Rgb* row = stage.canvas.row(y);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const Point& column = columns[static_cast<std::size_t>(x)];
            const float inside = to_float(y + 1) - (layer.waterline - column.y);
            if (inside <= 0 || column.y < 1) continue;
            const Rgb c = rock_colour(stage, layer, {to_float(x), to_float(y)}, column.x,
                                      clamp01((inside - 1) / column.y));
            blend(row[x], c, std::min(inside, 1.0F));
        }
    }
}

}  // namespace

void paint_karst(Stage& stage, float waterline) {
    Dice dice = stage.dice("karst");
    constexpr int kLayers = 5;
    const float focus = stage.width * (stage.light_side() < 0 ? 0.72F : 0.28F);
    for (int i = 0; i < kLayers; ++i) {
        const float near = to_float(i) / (kLayers - 1);
        Layer layer{{},
                    lerp(0.84F, 0.12F, std::pow(near, 0.8F)),
                    waterline + stage.unit * 2 + near * near * stage.unit * 14};
        const int count = i + 1 == kLayers ? 2 : 7 - i;
        for (int k = 0; k < count; ++k) {
            const float spread = i + 1 == kLayers ? (k == 0 ? 0.0F : stage.light_side() * 0.68F)
                                                  : dice.between(-0.75F, 0.75F);
            const float centre = focus + spread * stage.width;
            const float grow =
                lerp(0.45F, 1.0F, near) * (k == 0 ? 1.15F : dice.between(0.4F, 0.9F));
            const float tall = stage.unit * (i + 1 == kLayers && k > 0 ? 170.0F : 300.0F) * grow;
            layer.towers.push_back({centre, tall * dice.between(0.30F, 0.46F), tall, dice.side()});
            layer.towers.push_back({centre + tall * dice.side() * 0.38F, tall * 0.34F,
                                    tall * dice.between(0.35F, 0.7F), dice.side()});
        }
        paint_layer(stage, layer);
        paint_mist(stage, layer.waterline - stage.unit * 6, stage.unit * lerp(70, 26, near),
                   lerp(0.75F, 0.28F, near));
    }
}

}  // namespace imagify::demo
