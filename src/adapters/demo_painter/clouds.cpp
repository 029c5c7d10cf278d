#include <vector>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/sky.hpp"

namespace imagify::demo {
namespace {

constexpr int kCell = 4;  // Clouds are soft: density and light are computed once a 4x4 block.

struct Puff {
    float density = 0;
    float light = 0;
};

struct CloudField {
    float cover;
    float shift_x, shift_y;

    /// Thickness of cloud at a point of the flat cloud deck; 0 where there is none.
    float density(float x, float y) const {
        const NoiseTile& tile = cloud_tile();
        const float warp = tile.at(x * 0.35F + shift_y, y * 0.35F) - 0.5F;
        const float large = tile.at(x * 0.5F + shift_x + warp * 0.12F, y * 0.5F + shift_y);
        const float billow =
            std::fabs(tile.at(x * 1.3F + shift_y, y * 1.3F + shift_x + warp * 0.2F) - 0.5F);
        return large * 0.9F + billow * 0.55F - 0.12F - (1 - cover) * 0.72F;
    }
};

Puff shade_puff(const CloudField& field, Point deck, Point to_sun) {
    Puff puff;
    puff.density = field.density(deck.x, deck.y);
    if (puff.density < -0.12F) return puff;
    const float d1 = field.density(deck.x + to_sun.x * 0.03F, deck.y + to_sun.y * 0.03F);
    const float d2 = field.density(deck.x + to_sun.x * 0.08F, deck.y + to_sun.y * 0.08F);
    const float depth = std::max(d1, 0.0F) * 3.2F + std::max(d2, 0.0F) * 2.4F;
    puff.light = 1 / (1 + depth * depth * 2.2F);
    return puff;
}

std::vector<Puff> shade_field(const Stage& stage, const CloudField& field, int columns, int rows) {
    std::vector<Puff> puffs(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    std::size_t i = 0;
    for (int r = 0; r < rows; ++r) {
        // The deck is seen in perspective: it runs together towards the horizon.
        const float rise = std::max((stage.horizon - to_float(r * kCell)) / stage.horizon, 0.0F);
        const float scale = 1 / (rise + 0.22F);
        for (int c = 0; c < columns; ++c, ++i) {
            const float across = (to_float(c * kCell) - stage.width * 0.5F) / stage.horizon;
            const Point deck{across * scale * 0.5F, scale * 0.85F};
            Point to_sun{(stage.sun.x - to_float(c * kCell)) / stage.horizon,
                         (stage.sun.y - to_float(r * kCell)) / stage.horizon - 0.18F};
            const float away = std::sqrt(to_sun.x * to_sun.x + to_sun.y * to_sun.y) + 0.05F;
            to_sun = to_sun * (1 / away);
            // Moving down the picture is moving away over the deck.
            puffs[i] = shade_puff(field, deck, {to_sun.x, to_sun.y * 0.7F});
        }
    }
    return puffs;
}

}  // namespace

void paint_clouds(Stage& stage, float cover) {
    Dice dice = stage.dice("clouds");
    const CloudField field{cover, dice.unit() * 7, dice.unit() * 7};
    const int bottom = std::min(stage.canvas.height() - 1, to_int(stage.horizon + 6));
    const int columns = stage.canvas.width() / kCell + 3;
    const int rows = bottom / kCell + 3;
    const std::vector<Puff> puffs = shade_field(stage, field, columns, rows);
    const float reach = 1 / (stage.unit * 420);
    const Rgb silver = stage.light.sun * (0.9F * stage.light.glow);
    for (int y = 0; y < bottom; ++y) {
        Rgb* row = stage.canvas.row(y);
        const float v = (to_float(y) + 0.5F) / kCell;
        const int r = to_int(v);
        const float t = v - to_float(r);
        const float low = smoothstep(-0.02F, 0.22F, (stage.horizon - to_float(y)) / stage.horizon);
        const float dy2 = square((to_float(y) - stage.sun.y) * reach);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = (to_float(x) + 0.5F) / kCell;
            const int c = to_int(u);
            const float s = u - to_float(c);
            const Puff* cell = puffs.data() + r * columns + c;
            const float upper = lerp(cell[0].density, cell[1].density, s);
            float density =
                lerp(upper, lerp(cell[columns].density, cell[columns + 1].density, s), t);
            if (density < -0.08F) continue;
            density +=
                0.10F * (cloud_tile().at(to_float(x) * 0.0052F, to_float(y) * 0.0081F) - 0.5F);
            if (density <= 0) continue;
            const float lit = lerp(lerp(cell[0].light, cell[1].light, s),
                                   lerp(cell[columns].light, cell[columns + 1].light, s), t);
            const float opacity = smoothstep(0, 0.24F, density) * lerp(0.35F, 0.94F, low);
            const float d2 = square((to_float(x) - stage.sun.x) * reach) + dy2;
            const float thin = 1 - smoothstep(0, 0.34F, density);
            Rgb colour = mix(stage.light.cloud_shade, stage.light.cloud_lit, lit);
            colour += silver * ((0.25F + thin) * lit / (1 + d2 * 7));
            colour = mix(stage.light.haze, colour, lerp(0.45F, 1, low));
            blend(row[x], colour, opacity);
        }
    }
}

}  // namespace imagify::demo
