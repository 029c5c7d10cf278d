#include <array>
#include <vector>

#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/space.hpp"

namespace imagify::demo {
namespace {

using Inks = std::array<std::uint32_t, 6>;  // From shadow to light; the last is the disc.

constexpr std::array<Inks, 7> kInks{{{0x10142e, 0x2a3a6e, 0x8a5a8a, 0xe88a7a, 0xffd8a8, 0xffe8b8},
                                     {0x0a2028, 0x14545c, 0x3a9a8c, 0xa8d8b0, 0xfbf0d0, 0xf8b868},
                                     {0x1c1018, 0x5a1c30, 0xb83c3c, 0xf0904c, 0xfbe0b0, 0xfff0c8},
                                     {0x14182a, 0x34406a, 0x6f86b4, 0xc4cfe0, 0xf8f4ec, 0xf0a070},
                                     {0x150f2c, 0x43268a, 0x9a48b8, 0xf080a8, 0xffd4c0, 0xffe2a0},
                                     {0x12201a, 0x2f5a3c, 0x86a058, 0xe0cc84, 0xfbf3d8, 0xf0a050},
                                     {0x101c34, 0x1f4a80, 0x3f90c0, 0x98d0e0, 0xf4f2e6, 0xf4c060}}};

Inks choose_inks(const Stage& stage, Dice& dice) {
    constexpr std::pair<Word, std::size_t> kNamed[] = {
        {Word::Red, 2},  {Word::Orange, 2}, {Word::Gold, 5}, {Word::Green, 5}, {Word::Turquoise, 1},
        {Word::Blue, 6}, {Word::Purple, 4}, {Word::Pink, 4}, {Word::White, 3}, {Word::Black, 3},
    };
    for (const auto& [word, index] : kNamed) {
        if (stage.has(word)) return kInks[index];
    }
    return kInks[static_cast<std::size_t>(dice.below(7))];
}

Rgb ink_at(const Inks& inks, float t) {
    const float at = clamp01(t) * 3.999F;
    const int step = to_int(at);
    const auto i = static_cast<std::size_t>(step);
    return mix_seen(hex(inks[i]), hex(inks[i + 1]), smoothstep(0, 1, at - to_float(step)));
}

struct Fold {
    float tone, height, vein;
};

constexpr int kCell = 2;

std::vector<Fold> fold_silk(const Stage& stage, Dice& dice, int columns, int rows) {
    std::vector<Fold> folds(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    const float shift = dice.unit() * 50;
    const float turn = dice.between(-0.5F, 0.5F);
    const float scale = to_float(kCell) / (stage.unit * 1000);
    std::size_t i = 0;
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c, ++i) {
            const float x = to_float(c) * scale;
            const float y = to_float(r) * scale;
            const float u = x + y * turn;
            const float v = y - x * turn;
            const float q1 = fractal_noise(u * 1.25F + shift, v * 1.9F, 2) - 0.5F;
            const float q2 = smooth_noise(u * 1.6F - shift, v * 1.3F + 7) - 0.5F;
            const float r1 =
                smooth_noise(u * 1.5F + q1 * 2.6F + 3, v * 2.2F + q2 * 2.4F + shift) - 0.5F;
            const float flow = v * 1.25F + q1 * 0.85F + r1 * 0.62F;
            folds[i].tone = 0.42F + 0.75F * r1 + 0.42F * q2 + (0.5F - y) * 0.22F;
            folds[i].height =
                std::sin(flow * 15.0F + q2 * 4) + 0.45F * std::sin(flow * 41.0F + r1 * 9);
            folds[i].vein = flow * 4.6F + r1;
        }
    }
    return folds;
}

}  // namespace

void paint_flow_field(Stage& stage) {
    Dice dice = stage.dice("flow field");
    const Inks inks = choose_inks(stage, dice);
    const int columns = stage.canvas.width() / kCell + 3;
    const int rows = stage.canvas.height() / kCell + 3;
    const std::vector<Fold> folds = fold_silk(stage, dice, columns, rows);
    const Point disc{stage.width * (dice.chance(0.5F) ? 0.382F : 0.618F), stage.height * 0.36F};
    const float radius = stage.unit * dice.between(125, 175);
    const Rgb gold = mix(hex(inks[5]), hex(0xf8d890), 0.5F);
    for (int y = 0; y < stage.canvas.height(); ++y) {
        Rgb* row = stage.canvas.row(y);
        const float v = to_float(y) / kCell;
        const int r = to_int(v);
        const float t = v - to_float(r);
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = to_float(x) / kCell;
            const int c = to_int(u);
            const float s = u - to_float(c);
            const Fold* cell = folds.data() + r * columns + c;
            const auto read = [&](float Fold::* field) {
                return lerp(lerp(cell[0].*field, cell[1].*field, s),
                            lerp(cell[columns].*field, cell[columns + 1].*field, s), t);
            };
            const float height = read(&Fold::height);
            const float slope_x = (cell[1].height - cell[0].height) * stage.unit;
            const float slope_y = (cell[columns].height - cell[0].height) * stage.unit;
            const float light = clamp01(0.52F - slope_x * 2.2F - slope_y * 4.4F);
            const float d = std::hypot(to_float(x) - disc.x, to_float(y) - disc.y);
            const float tone = read(&Fold::tone);
            Rgb colour = ink_at(inks, tone * 0.72F + 0.10F * height + 0.12F);
            colour *= 0.42F + 1.0F * light;
            colour += hex(inks[4]) * (0.16F * std::pow(light, 6.0F));
            const float veil = smoothstep(-0.35F, 0.75F, height);
            const Rgb moon = hex(inks[5]) * (1.25F - 0.25F * d / radius);
            colour = mix(colour, moon, clamp01((radius - d) + 0.5F) * (0.82F - 0.55F * veil));
            colour += hex(inks[5]) * (0.34F / (1 + square(d / radius) * 1.6F));
            const float vein = read(&Fold::vein);
            const float slope = std::fabs(cell[1].vein - cell[0].vein) +
                                std::fabs(cell[columns].vein - cell[0].vein) + 1e-5F;
            const float line = std::fabs(vein - std::round(vein)) / slope * kCell;
            colour = mix(
                colour, gold * (0.55F + light),
                0.62F * clamp01(1.3F * stage.unit + 0.3F - line) * smoothstep(0.1F, 0.8F, light));
            row[x] = colour;
        }
    }
    for (int i = 0; i < 130; ++i) {
        const Point at{dice.unit() * stage.width, dice.unit() * stage.height};
        glow(stage.canvas, at, stage.unit * dice.between(1.5F, 5), gold * dice.between(0.4F, 1.6F));
    }
}

}  // namespace imagify::demo
