#include <array>

#include "adapters/demo_painter/buildings.hpp"
#include "adapters/demo_painter/noise.hpp"

namespace imagify::demo {
namespace {

struct Block {
    float left, right, top, foot;
    float air;
    int style;
};

constexpr std::array<std::uint32_t, 5> kSigns{0xff2e88, 0x22e0ff, 0xb84dff, 0xffb020, 0x38ffa8};

void fill_box(Canvas& canvas, float left, float top, float right, float bottom, Rgb colour,
              float opacity) {
    const int x0 = std::clamp(to_int(left), 0, canvas.width());
    const int x1 = std::clamp(to_int(right), 0, canvas.width());
    const int y1 = std::clamp(to_int(bottom), 0, canvas.height());
    for (int y = std::clamp(to_int(top), 0, canvas.height()); y < y1; ++y) {
        for (int x = x0; x < x1; ++x) blend(canvas.row(y)[x], colour, opacity);
    }
}

void paint_windows(Stage& stage, Dice& dice, const Block& block, float glow_amount) {
    const bool neon = stage.has(Word::Neon);
    const float cell_x = stage.unit * lerp(11, 5.5F, block.air);
    const float cell_y = stage.unit * lerp(15, 7.5F, block.air);
    const float lived_in = dice.between(0.25F, 0.6F);
    const std::uint64_t salt = dice.bits();
    const int columns = to_int((block.right - block.left - cell_x * 0.6F) / cell_x);
    const float margin = (block.right - block.left - to_float(columns) * cell_x) * 0.5F;
    int row = 0;
    for (float y = block.top + cell_y; y < block.foot - cell_y; y += cell_y, ++row) {
        const float floor_lit = lattice(row, static_cast<int>(salt & 0xffff));
        for (int i = 0; i < columns; ++i) {
            const float pick = lattice(i * 31 + row, static_cast<int>(salt & 0xfffff));
            if (pick > lived_in * (0.55F + 0.9F * floor_lit)) continue;
            const float x = block.left + margin + to_float(i) * cell_x;
            Rgb tone = pick < 0.05F ? hex(0xc8e4ff) : mix(hex(0xffb45a), hex(0xffe0a8), pick * 3);
            if (neon && pick < 0.14F) tone = hex(kSigns[salt % 5]);
            const float bright =
                glow_amount * (0.45F + 1.3F * lattice(i + row * 7, 5)) * (1 - block.air * 0.75F);
            fill_box(stage.canvas, x + cell_x * 0.18F, y + cell_y * 0.22F, x + cell_x * 0.82F,
                     y + cell_y * 0.80F, tone * bright, 0.9F);
        }
    }
}

void paint_block(Stage& stage, Dice& dice, const Block& block, float glow_amount) {
    const Palette& light = stage.light;
    const float wide = block.right - block.left;
    Shape shape;
    const float crown = wide * 0.5F;
    const float middle = (block.left + block.right) * 0.5F;
    shape.move_to({block.left, block.foot});
    shape.line_to({block.left, block.top});
    if (block.style == 1) {  // A spire over set-backs.
        shape.line_to({block.left + wide * 0.18F, block.top});
        shape.line_to({block.left + wide * 0.18F, block.top - crown * 0.5F});
        shape.line_to({middle - wide * 0.06F, block.top - crown * 0.9F});
        shape.line_to({middle, block.top - crown * 2.6F});
        shape.line_to({middle + wide * 0.06F, block.top - crown * 0.9F});
        shape.line_to({block.right - wide * 0.18F, block.top - crown * 0.5F});
        shape.line_to({block.right - wide * 0.18F, block.top});
    } else if (block.style == 2) {  // A slanted roof.
        shape.line_to({block.right, block.top - crown * 0.9F});
    } else if (block.style == 3) {  // A rounded crown.
        shape.curve_to({block.left, block.top - crown}, {block.right, block.top - crown},
                       {block.right, block.top});
    } else if (block.style == 4) {  // A mast.
        shape.line_to({middle - 1, block.top});
        shape.line_to({middle - 1, block.top - crown * 1.3F});
        shape.line_to({middle + 1, block.top - crown * 1.3F});
        shape.line_to({middle + 1, block.top});
    }
    shape.line_to({block.right, block.top});
    shape.line_to({block.right, block.foot});
    const float side = stage.light_side();
    const Rgb wall = light.rock * hex(0xb8c4d8);
    fill(stage.canvas, shape, 1, [&](int x, int y) {
        const float across = (to_float(x) - middle) / wide * 2;
        const float facing = across * side > -0.12F ? 0.34F : 0.02F;
        const float down = clamp01((to_float(y) - block.top) / (block.foot - block.top));
        const Rgb glass = mix(light.lower, light.upper, down) * 0.16F;
        const Rgb c = stage.lit(wall * 0.55F, facing) * lerp(1, 0.72F, down) + glass;
        return stage.through_air(c, clamp01(block.air + 0.22F * down * (0.2F + block.air)),
                                 to_float(x));
    });
    if (glow_amount > 0.05F) paint_windows(stage, dice, block, glow_amount);
    if (block.style == 4 && glow_amount > 0.3F) {
        glow(stage.canvas, {middle, block.top - crown * 1.3F}, stage.unit * 9,
             hex(0xff3030) * 1.5F);
    }
}

void paint_signs(Stage& stage, Dice& dice, const Block& block) {
    const Rgb tone = hex(kSigns[static_cast<std::size_t>(dice.below(5))]) * 2.2F;
    const float wide = (block.right - block.left) * dice.between(0.12F, 0.2F);
    const float left = dice.chance(0.5F) ? block.left + wide * 0.4F : block.right - wide * 1.4F;
    const float top = lerp(block.top, block.foot, dice.between(0.08F, 0.35F));
    const float bottom = std::min(top + stage.unit * dice.between(70, 200), block.foot - 4);
    fill_box(stage.canvas, left, top, left + wide, bottom, tone * 0.22F, 0.9F);
    for (float y = top + wide * 0.25F; y < bottom - wide; y += wide * 1.25F) {
        fill_box(stage.canvas, left + wide * 0.2F, y, left + wide * 0.8F, y + wide * 0.22F, tone,
                 0.95F);
        fill_box(stage.canvas, left + wide * 0.4F, y, left + wide * 0.6F, y + wide * 0.8F, tone,
                 0.95F);
        if (dice.chance(0.6F))
            fill_box(stage.canvas, left + wide * 0.2F, y + wide * 0.6F, left + wide * 0.8F,
                     y + wide * 0.8F, tone, 0.95F);
    }
    glow(stage.canvas, {left + wide * 0.5F, (top + bottom) * 0.5F}, (bottom - top) * 0.9F,
         tone * 0.10F);
    fill_box(stage.canvas, block.left, block.top, block.right,
             block.top + std::max(1.5F, stage.unit * 2), tone, 0.8F);
}

}  // namespace

void paint_skyline(Stage& stage, float foot_row) {
    Dice dice = stage.dice("skyline");
    const bool neon = stage.has(Word::Neon);
    const float glow_amount = stage.light.hour == Hour::Night    ? 1.0F
                              : stage.light.hour == Hour::Dusk   ? 0.85F
                              : stage.light.hour == Hour::Sunset ? 0.4F
                                                                 : 0.0F;
    constexpr int kLayers = 4;
    const float focus = stage.light_side() < 0 ? 0.64F : 0.36F;
    const float room = std::min(stage.unit * 680, foot_row * 0.92F);
    for (int layer = 0; layer < kLayers; ++layer) {
        const float near = to_float(layer) / (kLayers - 1);
        const float wide = stage.unit * lerp(30, 78, near);
        for (float x = -wide; x < stage.width + wide;) {
            const float w = wide * dice.between(0.6F, 1.3F);
            const float off = (x + w * 0.5F) / stage.width - focus;
            const float hill = 0.38F + 0.62F / (1 + off * off * 22);
            const float tall = room * hill * dice.between(0.30F, 0.95F) * lerp(0.95F, 0.72F, near) *
                               (dice.chance(0.16F) ? 1.25F : 1.0F);
            const Block block{
                x, x + w, foot_row - tall, foot_row + 2, lerp(0.80F, 0.08F, near), dice.below(6)};
            paint_block(stage, dice, block, glow_amount);
            if (neon && layer > 1 && dice.chance(0.75F)) paint_signs(stage, dice, block);
            x += w * dice.between(0.92F, 1.25F);
        }
        if (layer == 1 || layer == 2) {
            const Rgb haze = neon ? hex(layer == 1 ? 0x6a2a9a : 0x16608a) : stage.light.haze;
            for (int i = 0; i < 5; ++i) {
                dab(stage.canvas, {stage.width * dice.unit(), foot_row}, stage.unit * 280, haze,
                    0.18F);
            }
        }
    }
}

}  // namespace imagify::demo
