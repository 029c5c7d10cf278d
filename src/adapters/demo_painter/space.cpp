#include "adapters/demo_painter/space.hpp"

#include <array>

#include "adapters/demo_painter/creatures.hpp"
#include "adapters/demo_painter/noise.hpp"
#include "adapters/demo_painter/sky.hpp"

namespace imagify::demo {
namespace {

struct NebulaTones {
    std::uint32_t deep, first, second, core;
};
constexpr std::array<NebulaTones, 4> kNebulae{{{0x06081c, 0x3a2a9a, 0xd0408a, 0xffc890},
                                               {0x040d1c, 0x0e5a8a, 0x3ac0a8, 0xf8e8a8},
                                               {0x0a0618, 0x6a2a8a, 0xf07048, 0xffe0a0},
                                               {0x050a18, 0x24489a, 0x9a58d0, 0xf8b8d8}}};

NebulaTones choose_nebula(const Stage& stage, Dice& dice) {
    if (stage.has(Word::Purple)) return {0x08061c, 0x4a2a9a, 0xa04ad0, 0xf0b0e8};
    if (stage.words.any({Word::Red, Word::Orange, Word::Gold})) return kNebulae[2];
    if (stage.words.any({Word::Green, Word::Turquoise})) return kNebulae[1];
    if (stage.has(Word::Blue)) return kNebulae[3];
    return kNebulae[static_cast<std::size_t>(dice.below(4))];
}

void paint_nebula(Stage& stage, const NebulaTones& tones, float shift) {
    const float scale = 1 / (stage.unit * 1000);
    const float strength = stage.has(Word::Nebula) ? 1.25F : 0.8F;
    const float lean = shift > 0.5F ? 0.6F : -0.6F;
    for (int y = 0; y < stage.canvas.height(); ++y) {
        Rgb* row = stage.canvas.row(y);
        const float v = to_float(y) * scale;
        for (int x = 0; x < stage.canvas.width(); ++x) {
            const float u = to_float(x) * scale;
            const float w1 = cloud_tile().at(u * 0.22F + shift, v * 0.22F) - 0.5F;
            const float w2 = cloud_tile().at(u * 0.31F, v * 0.31F + shift) - 0.5F;
            const float gas =
                cloud_tile().at(u * 0.33F + w1 * 0.42F + shift, v * 0.33F + w2 * 0.42F);
            const float dust =
                cloud_tile().at(u * 0.62F + w2 * 0.3F, v * 0.62F - w1 * 0.3F + shift);
            const float across = (v - 0.5F - (u - 0.5F) * lean + w1 * 0.5F) * 2.1F;
            const float band = 1 / (1 + across * across * 3);
            const float light = smoothstep(0.34F, 0.80F, gas) * band * strength;
            const float lane = smoothstep(0.60F, 0.36F, dust);
            const Rgb tone = mix_seen(hex(tones.first), hex(tones.second),
                                      smoothstep(0.45F, 0.68F, gas + w2 * 0.5F));
            Rgb c = hex(tones.deep) * (0.6F + 0.5F * band) +
                    tone * (light * (0.25F + 0.75F * lane) * 0.85F);
            c += hex(tones.core) * (square(square(light)) * lane * 0.75F);
            row[x] = c;
        }
    }
}

struct Planet {
    Point centre;
    float radius;
    Rgb light_tone, dark_tone;
    bool banded;
    float tilt;
};

/// A ball lit from the sun, with an atmosphere that shines at its edge.
void paint_planet(Stage& stage, const Planet& planet, Point to_sun) {
    const float r = planet.radius;
    const float shift = planet.tilt * 3 + r * 0.01F;
    const Rgb air = mix(planet.light_tone, hex(0xa8d0ff), 0.4F);
    glow(stage.canvas, planet.centre + to_sun * (r * 0.12F), r * 1.32F, air * 0.30F);
    const int bottom = std::min(stage.canvas.height(), to_int(planet.centre.y + r + 2));
    for (int y = std::max(0, to_int(planet.centre.y - r - 1)); y < bottom; ++y) {
        Rgb* row = stage.canvas.row(y);
        const int right = std::min(stage.canvas.width(), to_int(planet.centre.x + r + 2));
        for (int x = std::max(0, to_int(planet.centre.x - r - 1)); x < right; ++x) {
            const float u = (to_float(x) + 0.5F - planet.centre.x) / r;
            const float v = (to_float(y) + 0.5F - planet.centre.y) / r;
            const float d2 = u * u + v * v;
            const float cover = clamp01((1 - std::sqrt(d2)) * r + 0.5F);
            if (cover <= 0) continue;
            const float z = std::sqrt(std::max(1 - d2, 0.0F));
            const float along = u + v * planet.tilt;
            const float latitude = v - u * planet.tilt;
            const float bend = 1 / (0.55F + 0.45F * z);  // The surface turns away at the edge.
            const float swirl =
                cloud_tile().at(along * bend * 0.16F + shift, latitude * 0.55F) - 0.5F;
            float tone;
            if (planet.banded) {
                tone = 0.5F + 0.5F * std::sin(latitude * 13 + swirl * 5.5F +
                                              std::sin(latitude * 29 + shift) * 0.9F);
            } else {
                tone = smoothstep(
                    0.40F, 0.62F,
                    fractal_noise(along * bend * 1.9F + shift * 7, latitude * bend * 1.9F, 5));
            }
            const float facing = u * to_sun.x + v * to_sun.y + z * 0.34F;
            const float day = smoothstep(-0.12F, 0.75F, facing);
            Rgb c = mix_seen(planet.dark_tone, planet.light_tone, tone * (0.8F + swirl)) *
                    (day * 1.25F + 0.012F);
            const float edge = std::pow(1 - z, 3.0F);
            c += air * (edge * smoothstep(-0.25F, 0.6F, facing) * 0.95F);
            blend(row[x], c, cover);
        }
    }
}

/// Half of a ring: behind the planet (`front` false) or before it.
void paint_ring(Stage& stage, const Planet& planet, bool front, Point to_sun) {
    const float outer = planet.radius * 2.15F;
    const float inner = planet.radius * 1.28F;
    const float lean = -planet.tilt;
    const float flat = 0.27F;
    const float c = 1 / std::sqrt(1 + lean * lean);
    const float s = lean * c;
    for (int y = std::max(0, to_int(planet.centre.y - outer));
         y < std::min(stage.canvas.height(), to_int(planet.centre.y + outer)); ++y) {
        Rgb* row = stage.canvas.row(y);
        for (int x = std::max(0, to_int(planet.centre.x - outer));
             x < std::min(stage.canvas.width(), to_int(planet.centre.x + outer)); ++x) {
            const float dx = to_float(x) - planet.centre.x;
            const float dy = to_float(y) - planet.centre.y;
            const float u = dx * c - dy * s;
            const float v = (dx * s + dy * c) / flat;
            if ((v > 0) != front) continue;
            const float d = std::sqrt(u * u + v * v);
            const float t = (d - inner) / (outer - inner);
            if (t <= 0 || t >= 1) continue;
            const float groove = smooth_noise(t * 17 + 3) * 0.6F + smooth_noise(t * 61) * 0.4F;
            const float gap = smoothstep(0.035F, 0.06F, std::fabs(t - 0.66F));
            const float edge = smoothstep(0, 0.05F, t) * smoothstep(1, 0.94F, t);
            // The planet's shadow falls on the far side of the ring.
            const float behind = -(u * to_sun.x + v * flat * to_sun.y);
            const float beside = std::fabs(u * to_sun.y - v * flat * to_sun.x);
            const float shadow = lerp(1, smoothstep(0.82F, 1.05F, beside / planet.radius),
                                      smoothstep(0, planet.radius * 0.7F, behind));
            const Rgb tone = mix(planet.light_tone, hex(0xfff0d8), 0.5F) * (0.25F + 0.75F * groove);
            blend(row[x], tone * (0.06F + 0.94F * shadow), edge * gap * (0.30F + 0.62F * groove));
        }
    }
}

}  // namespace

void paint_space(Stage& stage) {
    Dice dice = stage.dice("space");
    const NebulaTones tones = choose_nebula(stage, dice);
    paint_nebula(stage, tones, dice.unit());
    stage.horizon = stage.height * 1.6F;  // Stars fade towards the horizon, and here is none.
    stage.moon = false;
    paint_stars(stage, 1.2F);
    stage.light.accent = hex(tones.core);
    const float side = dice.side();
    const Point to_sun{side * 0.80F, -0.60F};
    const float wide = std::min(stage.width, stage.height);
    const Rgb main = stage.has(Word::Purple) ? hex(0xb884f0)
                     : stage.has(Word::Red)  ? hex(0xf09068)
                     : stage.has(Word::Blue)
                         ? hex(0x88b8f8)
                         : mix_seen(hex(tones.core), hex(tones.second), dice.between(0.1F, 0.6F));
    const Planet giant{{stage.width * (0.5F - side * 0.13F), stage.height * 0.53F},
                       wide * 0.235F,
                       main,
                       mix_seen(hex(tones.first), main, 0.3F) * 0.7F,
                       true,
                       side * 0.36F};
    if (stage.words.any({Word::Planet, Word::Space}) || !stage.has(Word::Nebula)) {
        paint_ring(stage, giant, false, to_sun);
        paint_planet(stage, giant, to_sun);
        paint_ring(stage, giant, true, to_sun);
        const Planet moon{{stage.width * (0.5F + side * 0.33F), stage.height * 0.23F},
                          wide * 0.052F,
                          hex(0xe0d8d0),
                          hex(0x6a6470),
                          false,
                          0.2F};
        paint_planet(stage, moon, to_sun);
        const Planet far{{stage.width * (0.5F - side * 0.40F), stage.height * 0.15F},
                         wide * 0.021F,
                         hex(tones.second),
                         hex(tones.first),
                         true,
                         0.3F};
        paint_planet(stage, far, to_sun);
    }
    stage.sun = {stage.width * (0.5F + side * 0.9F), -stage.height * 0.2F};
    if (stage.has(Word::Astronaut)) {
        paint_astronaut(
            stage,
            {{stage.width * (0.5F + side * 0.24F), stage.height * 0.92F}, wide * 0.25F, -side, 0});
    }
}

}  // namespace imagify::demo
