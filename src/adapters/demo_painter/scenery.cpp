#include "adapters/demo_painter/scenery.hpp"

#include "adapters/demo_painter/buildings.hpp"
#include "adapters/demo_painter/flora.hpp"
#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/things.hpp"
#include "adapters/demo_painter/water.hpp"

namespace imagify::demo {
namespace {

bool has_boats(const Stage& stage) {
    return stage.words.any(
        {Word::Boat, Word::Sail, Word::FloatingMarket, Word::Karst, Word::OldTown});
}

float swell_of(const Stage& stage, Ground ground) {
    if (stage.has(Word::Storm)) return 1.3F;
    if (stage.words.any({Word::Lake, Word::Lotus, Word::Karst})) return 0.14F;
    return ground == Ground::Sea ? 0.75F : 0.22F;
}

void paint_waterside(Stage& stage, Ground ground) {
    const float row = stage.horizon;
    if (stage.has(Word::Karst)) paint_karst(stage, row);
    if (stage.has(Word::Volcano))
        paint_volcano(stage, row);
    else if (stage.words.any({Word::Mountain, Word::Snow}) ||
             (ground == Ground::Lake && !stage.words.any({Word::Lotus, Word::Pagoda}))) {
        if (!stage.has(Word::Karst)) paint_mountains(stage, row + 2);
        paint_mist(stage, row - stage.unit * 14, stage.unit * 46, 0.6F);
    }
    const bool bank =
        ground == Ground::River || stage.words.any({Word::Lotus, Word::Pagoda, Word::Village,
                                                    Word::House, Word::Castle, Word::Island});
    if (bank && !stage.has(Word::Karst)) paint_far_bank(stage, row);
    const float third = stage.width * (stage.light_side() < 0 ? 0.67F : 0.33F);
    if (stage.has(Word::Pagoda)) paint_pagoda(stage, {third, row + 2}, stage.unit * 330);
    if (stage.has(Word::Castle)) paint_castle(stage, {third, row + 2}, stage.unit * 330);
    if (stage.words.any({Word::House, Word::Village})) {
        Dice dice = stage.dice("waterside houses");
        for (int i = 0; i < 6; ++i) {
            paint_house(stage, {third + stage.unit * dice.between(-230, 230), row + 2},
                        stage.unit * dice.between(44, 78));
        }
    }
    if (stage.has(Word::Lighthouse))
        paint_lighthouse(stage, {third, row + stage.unit * 26}, stage.unit * 320);
    if (stage.has(Word::Bridge)) paint_bridge(stage, row + stage.unit * 4);
}

void paint_village(Stage& stage) {
    Dice dice = stage.dice("village");
    const float middle = stage.width * (stage.light_side() < 0 ? 0.66F : 0.34F);
    for (int i = 0; i < 8; ++i) {
        const float near = to_float(i) / 7;
        const Point foot{middle + stage.unit * dice.between(-260, 260),
                         stage.horizon + stage.unit * lerp(34, 122, near)};
        if (stage.has(Word::Village) || i == 7)
            paint_house(stage, foot, stage.unit * lerp(34, 92, near));
        if (i < 6) {
            paint_tree(stage, dice,
                       {foot + Point{stage.unit * dice.between(-90, 90), 4},
                        stage.unit * lerp(60, 150, near), 0.4F * (1 - near)},
                       crown_of(stage));
        }
    }
}

void paint_town(Stage& stage, Ground ground) {
    const float row = stage.horizon;
    if (ground == Ground::City) {
        if (stage.has(Word::Mountain)) paint_mountains(stage, row);
        paint_skyline(stage, row);
        if (stage.has(Word::Bridge)) paint_bridge(stage, row + stage.unit * 8);
    } else {
        paint_far_bank(stage, row - stage.unit * 40);
        paint_old_town(stage, row);
        if (stage.has(Word::Bridge)) paint_bridge(stage, row + stage.unit * 20);
    }
    paint_water(stage, {row + (ground == Ground::OldTown ? stage.unit * 20 : 0), 0.20F});
}

void paint_dry_land(Stage& stage, Ground ground) {
    if (stage.words.any({Word::Mountain, Word::Terrace, Word::Snow}) ||
        ground == Ground::Terraces) {
        paint_mountains(stage, stage.horizon + stage.unit * 10);
        paint_mist(stage, stage.horizon - stage.unit * 4, stage.unit * 60, 0.55F);
    }
    if (stage.has(Word::Volcano)) paint_volcano(stage, stage.horizon + stage.unit * 30);
    if (ground == Ground::Desert)
        paint_dunes(stage);
    else if (ground == Ground::Terraces)
        paint_terraces(stage);
    else
        paint_hills(stage);
    const float third = stage.width * (stage.light_side() < 0 ? 0.66F : 0.34F);
    if (stage.has(Word::Castle))
        paint_castle(stage, {third, stage.horizon + stage.unit * 50}, stage.unit * 340);
    if (stage.has(Word::Pagoda))
        paint_pagoda(stage, {third, stage.horizon + stage.unit * 60}, stage.unit * 350);
    if (stage.words.any({Word::Village, Word::House})) paint_village(stage);
    if (ground == Ground::Terraces) paint_mist(stage, stage.height * 0.52F, stage.unit * 70, 0.30F);
}

/// The first word that is known decides.
constexpr std::pair<Word, Ground> kNamed[] = {
    {Word::Waterfall, Ground::Waterfall},
    {Word::CloudSea, Ground::CloudSea},
    {Word::OldTown, Ground::OldTown},
    {Word::City, Ground::City},
    {Word::Terrace, Ground::Terraces},
    {Word::Karst, Ground::Sea},
    {Word::FloatingMarket, Ground::River},
    {Word::Beach, Ground::Sea},
    {Word::Sea, Ground::Sea},
    {Word::Waves, Ground::Sea},
    {Word::Whale, Ground::Sea},
    {Word::Lighthouse, Ground::Sea},
    {Word::Island, Ground::Sea},
    {Word::Lotus, Ground::Lake},
    {Word::Fish, Ground::Lake},
    {Word::Lake, Ground::Lake},
    {Word::River, Ground::River},
    {Word::Desert, Ground::Desert},
    {Word::Forest, Ground::Forest},
    {Word::RiceField, Ground::Hills},
    {Word::Hill, Ground::Hills},
    {Word::Meadow, Ground::Hills},
    {Word::Flowers, Ground::Hills},
    {Word::Sunflower, Ground::Hills},
    {Word::Lavender, Ground::Hills},
    {Word::Village, Ground::Hills},
    {Word::House, Ground::Hills},
    {Word::Sail, Ground::Sea},
    {Word::Boat, Ground::River},
    {Word::Bridge, Ground::River},
    {Word::Neon, Ground::City},
    {Word::Pine, Ground::Forest},
    {Word::Bamboo, Ground::Hills},
    {Word::Palm, Ground::Sea},
    {Word::Planet, Ground::Space},
    {Word::Nebula, Ground::Space},
    {Word::Space, Ground::Space},
    {Word::Astronaut, Ground::Space},
};

}  // namespace

Ground choose_ground(const SceneWords& words, Dice& dice) {
    if (words.any({Word::Space, Word::Planet, Word::Nebula}) &&
        !words.any({Word::Mountain, Word::Sea, Word::Lake, Word::City, Word::Forest, Word::Desert,
                    Word::Hill})) {
        return Ground::Space;
    }
    for (const auto& [word, ground] : kNamed) {
        if (words.has(word)) return ground;
    }
    if (words.any({Word::Buffalo, Word::Horse, Word::Deer, Word::Kite, Word::Tree,
                   Word::CherryBlossom, Word::PeachBlossom, Word::ApricotBlossom, Word::Campfire,
                   Word::Butterfly, Word::Castle, Word::Spring, Word::Autumn, Word::Firefly,
                   Word::Balloon, Word::Person, Word::ConicalHat, Word::NewYear})) {
        return Ground::Hills;
    }
    if (words.has(Word::Fireworks)) return Ground::City;
    if (words.any({Word::Mountain, Word::Snow, Word::Winter, Word::Volcano}))
        return dice.chance(0.6F) ? Ground::Lake : Ground::Hills;
    if (words.any({Word::Dawn,   Word::Morning,  Word::Noon,       Word::Afternoon, Word::Sunset,
                   Word::Dusk,   Word::Night,    Word::Sun,        Word::Moon,      Word::Crescent,
                   Word::Stars,  Word::MilkyWay, Word::Aurora,     Word::Clouds,    Word::ClearSky,
                   Word::Rain,   Word::Storm,    Word::Fog,        Word::Rainbow,   Word::Summer,
                   Word::Cat,    Word::Dog,      Word::Bird,       Word::Crane,     Word::Dragon,
                   Word::Pagoda, Word::Lantern,  Word::SkyLantern, Word::Rocket})) {
        constexpr Ground kOpen[] = {Ground::Lake, Ground::Lake, Ground::Hills, Ground::Sea};
        return words.has(Word::Lantern) ? Ground::OldTown : kOpen[dice.below(4)];
    }
    return Ground::Abstract;
}

float horizon_share(Ground ground, const SceneWords& words) {
    switch (ground) {
        case Ground::Sea: return words.any({Word::Beach, Word::Waves, Word::Palm}) ? 0.48F : 0.60F;
        case Ground::Lake: return words.any({Word::Lotus, Word::Fish}) ? 0.46F : 0.62F;
        case Ground::River: return 0.54F;
        case Ground::City: return 0.70F;
        case Ground::OldTown: return 0.64F;
        case Ground::Forest: return 0.56F;
        case Ground::Terraces: return 0.33F;
        case Ground::Desert: return 0.50F;
        case Ground::CloudSea: return 0.58F;
        case Ground::Waterfall: return 0.74F;
        case Ground::Hills:
            return words.any({Word::Flowers, Word::Sunflower, Word::Lavender, Word::RiceField})
                       ? 0.46F
                       : 0.57F;
        case Ground::Abstract:
        case Ground::Space: return 0.6F;
    }
    return 0.6F;
}

void paint_ground(Stage& stage, Ground ground) {
    switch (ground) {
        case Ground::Sea:
        case Ground::Lake:
        case Ground::River:
            paint_waterside(stage, ground);
            paint_water(stage, {stage.horizon, swell_of(stage, ground)});
            if (stage.words.any({Word::Waves, Word::Storm}) && ground == Ground::Sea &&
                !stage.has(Word::Beach))
                paint_surf(stage);
            if (ground == Ground::Sea && stage.words.any({Word::Beach, Word::Palm}))
                paint_beach(stage);
            return;
        case Ground::City:
        case Ground::OldTown: paint_town(stage, ground); return;
        case Ground::Forest:
            if (stage.has(Word::Mountain)) paint_mountains(stage, stage.horizon);
            paint_hills(stage);
            paint_forest(stage);
            return;
        case Ground::CloudSea:
            paint_mountains(stage, stage.horizon + stage.unit * 60);
            paint_cloud_sea(stage, stage.horizon - stage.unit * 30);
            return;
        case Ground::Waterfall:
            paint_waterfall(stage, stage.horizon);
            paint_water(stage, {stage.horizon, 0.45F});
            return;
        case Ground::Terraces:
        case Ground::Desert:
        case Ground::Hills: paint_dry_land(stage, ground); return;
        case Ground::Abstract:
        case Ground::Space: return;
    }
}

void paint_sky_subjects(Stage& stage) {
    if (stage.has(Word::Balloon)) paint_balloons(stage);
    if (stage.has(Word::SkyLantern)) paint_sky_lanterns(stage);
    if (stage.words.any({Word::Fireworks}) || (stage.has(Word::NewYear) && stage.light.dark()))
        paint_fireworks(stage);
    if (stage.has(Word::Dragon)) paint_dragon(stage);
    if (stage.has(Word::Rocket)) paint_rocket(stage);
    Dice dice = stage.dice("stray birds");
    if (stage.has(Word::Bird))
        paint_birds(stage, 11);
    else if (stage.has(Word::Crane))
        paint_birds(stage, 7);
    else if (!stage.light.dark() && !stage.words.any({Word::Storm, Word::Rain}) &&
             dice.chance(0.45F))
        paint_birds(stage, 5);
}

void paint_boats(Stage& stage, Ground ground) {
    if (!has_boats(stage) || (ground != Ground::Sea && ground != Ground::Lake &&
                              ground != Ground::River && ground != Ground::OldTown))
        return;
    Dice dice = stage.dice("boats");
    const float side = -stage.light_side();
    const float depth = stage.height - stage.horizon;
    if (stage.words.any({Word::Sail, Word::Karst})) {
        const float far = stage.width * (0.5F + side * 0.32F);
        paint_junk(stage, {{far, stage.horizon + depth * 0.11F}, stage.unit * 78, side, 0.42F});
        paint_junk(stage, {{stage.width * (0.5F - side * 0.12F), stage.horizon + depth * 0.40F},
                           stage.unit * 262,
                           -side,
                           0.04F});
    }
    if (stage.has(Word::FloatingMarket)) {
        for (int i = 0; i < 9; ++i) {
            const float near = std::pow(to_float(i) / 8, 1.3F);
            const Point at{stage.width * dice.between(0.08F, 0.92F),
                           stage.horizon + depth * lerp(0.07F, 0.80F, near)};
            paint_market_boat(
                stage, dice,
                {at, stage.unit * lerp(70, 400, near), dice.side(), 0.55F * (1 - near)});
        }
    } else if (stage.words.any({Word::Boat, Word::OldTown})) {
        paint_sampan(stage, {{stage.width * (0.5F + side * 0.27F), stage.horizon + depth * 0.24F},
                             stage.unit * 120,
                             -side,
                             0.25F});
        paint_sampan(stage, {{stage.width * (0.5F - side * 0.14F), stage.horizon + depth * 0.58F},
                             stage.unit * 330,
                             side,
                             0});
    }
}

}  // namespace imagify::demo
