#include "adapters/demo_painter/palette.hpp"

#include <array>
#include <span>

namespace imagify::demo {
namespace {

/// sRGB values; `key_strength` multiplies the key light.
struct Tones {
    std::uint32_t zenith, upper, lower, horizon, sun, haze, key, shade, cloud_lit, cloud_shade,
        water, grass, rock, accent;
    float key_strength, stars, glow;
};

constexpr std::array kDawn{
    Tones{0x35558c, 0x7d95c4, 0xeab9b4, 0xffe0b0, 0xffe2b0, 0xe9c4b8, 0xffcf9a, 0x5f6c9c, 0xffdcc8,
          0x8088b4, 0x2a4a70, 0x6d8a4a, 0x8a7a78, 0xff8f6b, 1.7F, 0.12F, 1.0F},
    Tones{0x2f4a78, 0x6c7fae, 0xd8a4ae, 0xffcf9c, 0xffd6a0, 0xd7b0b4, 0xffc08c, 0x5a628f, 0xffcdb4,
          0x74749e, 0x273f63, 0x67824a, 0x837274, 0xff7d6e, 1.6F, 0.15F, 1.1F},
};
constexpr std::array kMorning{
    Tones{0x2460a8, 0x5292d0, 0x98c4e4, 0xe4e2d2, 0xffeecc, 0xb4cde0, 0xffeccb, 0x6388b8, 0xffffff,
          0x9ab2d2, 0x14547c, 0x7ba24a, 0x94897c, 0xf2c14e, 1.75F, 0, 0.55F},
    Tones{0x2870a8, 0x62a6ca, 0xaad2da, 0xece4ca, 0xffecc4, 0xbed6d6, 0xffe8c0, 0x6890ac, 0xfffdf4,
          0xa4bccc, 0x10606e, 0x86a848, 0x9a8d78, 0xe9b44c, 1.75F, 0, 0.6F},
};
constexpr std::array kNoon{
    Tones{0x1c5cac, 0x3f8ad4, 0x8fc4ee, 0xd6ecf6, 0xfffaf0, 0xbcd8ec, 0xfff8e8, 0x6c94c8, 0xffffff,
          0x9cb8dc, 0x0c5686, 0x6fa044, 0x9a9086, 0xf6d860, 2.2F, 0, 0.5F},
};
constexpr std::array kSunset{
    Tones{0x29305f, 0x78457f, 0xe46f5c, 0xffb860, 0xffe2a4, 0xdb7c62, 0xff9c58, 0x4c4276, 0xff9d70,
          0x5c3d72, 0x2b2a55, 0x6a6a3c, 0x86665e, 0xff6b4a, 1.7F, 0.10F, 1.2F},
    Tones{0x35527c, 0x8d8796, 0xeeaa70, 0xffd884, 0xffeab4, 0xe2a878, 0xffb868, 0x5a5a80, 0xffc48c,
          0x746478, 0x2c4058, 0x77743c, 0x8c7260, 0xff8c42, 1.7F, 0.05F, 1.2F},
    Tones{0x2a2a58, 0x8b4a86, 0xf0788c, 0xffc090, 0xffdcb0, 0xe08a94, 0xffa07c, 0x4c4480, 0xffa8a0,
          0x67427c, 0x322c5c, 0x6a6848, 0x846468, 0xff5d7a, 1.6F, 0.10F, 1.1F},
};
constexpr std::array kDusk{
    Tones{0x0e1740, 0x263a78, 0x6d5c98, 0xe2937e, 0xffc89c, 0x60568c, 0xd8909c, 0x3a4a88, 0xb8809c,
          0x303a6e, 0x101c44, 0x3e5240, 0x5a5668, 0xffa552, 0.7F, 0.45F, 0.8F},
    Tones{0x0c1c40, 0x1d4270, 0x4f7c9c, 0xd8b49c, 0xffd6a8, 0x52708e, 0xc8a090, 0x365a8c, 0xa893a4,
          0x2a466c, 0x0c2444, 0x3a543e, 0x586068, 0xffb058, 0.7F, 0.4F, 0.8F},
};
constexpr std::array kNight{
    Tones{0x050a20, 0x0a1a42, 0x183868, 0x3a628e, 0xf2f0e0, 0x24446e, 0xb8d0ff, 0x1e3870, 0x7088b4,
          0x14244a, 0x061430, 0x2c4438, 0x48546a, 0xffc266, 0.55F, 1.0F, 0.5F},
    Tones{0x0a0824, 0x1a1648, 0x382e70, 0x645088, 0xf6ecdc, 0x3c3468, 0xc8c4ff, 0x2c2c70, 0x8078b0,
          0x1e1c4a, 0x0a0e30, 0x303e40, 0x4c4c6a, 0xffb46a, 0.55F, 1.0F, 0.5F},
};

Palette from_tones(const Tones& tones, Hour hour) {
    Palette p;
    p.hour = hour;
    p.zenith = hex(tones.zenith);
    p.upper = hex(tones.upper);
    p.lower = hex(tones.lower);
    p.horizon = hex(tones.horizon);
    p.sun = hex(tones.sun);
    p.haze = hex(tones.haze);
    p.key = hex(tones.key) * tones.key_strength;
    p.shade = hex(tones.shade);
    p.cloud_lit = hex(tones.cloud_lit);
    p.cloud_shade = hex(tones.cloud_shade);
    p.water = hex(tones.water);
    p.grass = hex(tones.grass);
    p.rock = hex(tones.rock);
    p.accent = hex(tones.accent);
    p.stars = tones.stars;
    p.glow = tones.glow;
    return p;
}

std::span<const Tones> tones_of(Hour hour) {
    switch (hour) {
        case Hour::Dawn: return kDawn;
        case Hour::Morning: return kMorning;
        case Hour::Noon: return kNoon;
        case Hour::Sunset: return kSunset;
        case Hour::Dusk: return kDusk;
        case Hour::Night: return kNight;
    }
    return kMorning;
}

Hour choose_hour(const SceneWords& words, Dice& dice) {
    constexpr std::pair<Word, Hour> kNamed[] = {
        {Word::Sunset, Hour::Sunset},    {Word::Dawn, Hour::Dawn}, {Word::Dusk, Hour::Dusk},
        {Word::Night, Hour::Night},      {Word::Noon, Hour::Noon}, {Word::Morning, Hour::Morning},
        {Word::Afternoon, Hour::Sunset},
    };
    for (const auto& [word, hour] : kNamed) {
        if (words.has(word)) return hour;
    }
    if (words.has(Word::Gold) && words.any({Word::Sun, Word::RiceField, Word::Terrace}))
        return Hour::Sunset;
    if (words.any({Word::Stars, Word::MilkyWay, Word::Aurora, Word::Moon, Word::Crescent,
                   Word::Fireworks, Word::Firefly, Word::SkyLantern, Word::Space, Word::Planet,
                   Word::Nebula, Word::Neon})) {
        return Hour::Night;
    }
    if (words.any({Word::Lantern, Word::City, Word::OldTown, Word::Campfire, Word::Lighthouse})) {
        return dice.chance(0.75F) ? Hour::Dusk : Hour::Sunset;
    }
    if (words.any({Word::Rainbow, Word::Flowers, Word::Sunflower, Word::CherryBlossom,
                   Word::PeachBlossom, Word::ApricotBlossom, Word::Spring, Word::Summer, Word::Sun,
                   Word::ClearSky, Word::Lotus, Word::Snow, Word::Rain})) {
        return dice.chance(0.7F) ? Hour::Morning : Hour::Dawn;
    }
    constexpr Hour kOpen[] = {Hour::Dawn, Hour::Sunset, Hour::Morning, Hour::Sunset, Hour::Dawn};
    return kOpen[dice.below(5)];
}

/// Pulls a colour towards `tint` while it keeps its own lightness.
Rgb pull(Rgb colour, Rgb tint, float strength) {
    const float light = luminance(colour) / std::max(luminance(tint), 0.02F);
    Rgb target = tint * std::min(light, 1.15F);
    if (light > 1.15F) target = mix(target, grey(luminance(colour)), 0.4F);
    return mix(colour, target, strength);
}

void tint(Palette& p, Rgb colour, float strength) {
    for (Rgb* tone : {&p.zenith, &p.upper, &p.lower, &p.cloud_shade, &p.water, &p.haze}) {
        *tone = pull(*tone, colour, strength);
    }
    for (Rgb* tone : {&p.horizon, &p.cloud_lit, &p.shade, &p.key, &p.grass}) {
        *tone = pull(*tone, colour, strength * 0.55F);
    }
    p.accent = colour;
}

void apply_colours(Palette& p, const SceneWords& words) {
    constexpr std::pair<Word, std::uint32_t> kTints[] = {
        {Word::Red, 0xd8342c},    {Word::Orange, 0xf08a30},    {Word::Gold, 0xe8b040},
        {Word::Green, 0x4fae62},  {Word::Turquoise, 0x2fb8b0}, {Word::Blue, 0x2f6fd0},
        {Word::Purple, 0x8a4fd0}, {Word::Pink, 0xf07fa8},
    };
    // A low sun already colours everything.
    float strength = p.hour == Hour::Sunset || p.hour == Hour::Dawn ? 0.28F : 0.5F;
    for (const auto& [word, colour] : kTints) {
        if (!words.has(word)) continue;
        // Red lanterns and sails are red things under a sky of any colour.
        if (word == Word::Red && words.any({Word::Lantern, Word::OldTown, Word::Sail})) continue;
        tint(p, hex(colour), strength);
        strength *= 0.5F;
    }
    if (words.has(Word::Pastel)) {
        for (Rgb* tone : {&p.zenith, &p.upper, &p.lower, &p.horizon, &p.haze, &p.cloud_lit,
                          &p.cloud_shade, &p.water, &p.shade, &p.grass, &p.rock}) {
            *tone = mix_seen(saturate(*tone, 1.1F), hex(0xfbeef2), 0.45F);
        }
    }
}

void apply_weather(Palette& p, const SceneWords& words) {
    const auto dull = [&p](float amount, float darkness) {
        const Rgb lead = pull(hex(0x8a96a4), p.lower, 0.35F);
        for (Rgb* tone :
             {&p.zenith, &p.upper, &p.lower, &p.horizon, &p.haze, &p.cloud_lit, &p.cloud_shade}) {
            *tone = mix(*tone, lead * (luminance(*tone) / luminance(lead)), amount) * darkness;
        }
        p.key *= lerp(1, 0.35F, amount) * darkness;
        p.shade *= darkness;
        p.water *= darkness;
        p.glow *= lerp(1, 0.4F, amount);
        p.stars *= 1 - amount;
    };
    if (words.has(Word::Storm))
        dull(0.65F, p.dark() ? 0.8F : 0.42F);
    else if (words.has(Word::Rain))
        dull(0.5F, p.dark() ? 0.9F : 0.66F);
    else if (words.has(Word::Fog))
        dull(0.25F, 0.97F);
    if (words.has(Word::Autumn)) p.grass = hex(0xb87a34);
    if (words.any({Word::Snow, Word::Winter})) p.grass = mix(p.grass, hex(0xe6eef8), 0.8F);
}

}  // namespace

Palette choose_palette(const SceneWords& words, Dice& dice) {
    const Hour hour = choose_hour(words, dice);
    const std::span<const Tones> choices = tones_of(hour);
    Palette p = from_tones(
        choices[static_cast<std::size_t>(dice.below(to_int(static_cast<float>(choices.size()))))],
        hour);
    apply_colours(p, words);
    apply_weather(p, words);
    return p;
}

}  // namespace imagify::demo
