#include "adapters/demo_painter/buildings.hpp"
#include "adapters/demo_painter/flora.hpp"
#include "adapters/demo_painter/land.hpp"
#include "adapters/demo_painter/scenery.hpp"
#include "adapters/demo_painter/things.hpp"

namespace imagify::demo {
namespace {

bool is_water(Ground ground) {
    return ground == Ground::Sea || ground == Ground::Lake || ground == Ground::River ||
           ground == Ground::OldTown || ground == Ground::City || ground == Ground::Waterfall;
}

/// A dark bank in the foreground for figures to stand on; returns the row of its top at `x`.
float paint_near_bank(Stage& stage, float x) {
    Shape bank;
    const float top = stage.height * 0.885F;
    const float side = x < stage.width * 0.5F ? 1.0F : -1.0F;
    const float edge = side > 0 ? -4.0F : stage.width + 4;
    const auto at = [&](float u, float rise) {
        return Point{edge + side * u * stage.width, top + rise * stage.height};
    };
    bank.move_to({edge, stage.height + 4});
    bank.line_to(at(0, -0.004F));
    bank.curve_to(at(0.25F, -0.012F), at(0.45F, -0.002F), at(0.60F, 0.045F));
    bank.curve_to(at(0.70F, 0.075F), at(0.8F, 0.09F), at(0.95F, 0.125F));
    const Rgb earth = stage.light.grass * stage.light.shade * 0.30F;
    fill_rimmed(stage.canvas, bank,
                {earth, earth * 0.5F, stage.lit(stage.light.grass, 0.5F), {0, -stage.unit * 2.5F}});
    return top - stage.height * 0.003F;
}

using PaintFigure = void (*)(Stage&, const Figure&);
struct Cast {
    Word word;
    PaintFigure paint;
    float size;  // In units.
};
constexpr Cast kCast[] = {
    {Word::Buffalo, paint_buffalo, 210},   {Word::Horse, paint_horse, 235},
    {Word::Deer, paint_deer, 270},         {Word::Dog, paint_dog, 150},
    {Word::Cat, paint_cat, 165},           {Word::Person, paint_person, 300},
    {Word::ConicalHat, paint_person, 300},
};

void paint_figures(Stage& stage, Ground ground) {
    float at = stage.width * (stage.light_side() < 0 ? 0.70F : 0.30F);
    const float side = stage.light_side();
    bool person_done = false;
    bool bank_done = false;
    float foot = stage.height * 0.885F;
    for (const Cast& cast : kCast) {
        if (!stage.has(cast.word)) continue;
        // A boat already carries its rower; a buffalo its child.
        const bool person = cast.paint == paint_person;
        if (person &&
            (person_done || stage.words.any({Word::Boat, Word::FloatingMarket, Word::Buffalo})))
            continue;
        if (!bank_done) {
            if (is_water(ground) && !stage.words.any({Word::Beach, Word::Palm}))
                foot = paint_near_bank(stage, at);
            bank_done = true;
        }
        cast.paint(stage, {{at, foot + stage.unit * 3}, stage.unit * cast.size, side, 0});
        person_done = person_done || person;
        at += side * stage.unit * (cast.size > 200 ? 270.0F : 165.0F);
    }
}

void paint_frames(Stage& stage, Ground ground) {
    const float away = -stage.light_side();
    if (stage.words.any({Word::CherryBlossom, Word::PeachBlossom, Word::ApricotBlossom})) {
        if (ground == Ground::Hills) {
            Dice dice = stage.dice("blossom tree");
            paint_tree(
                stage, dice,
                {{stage.width * (0.5F + away * 0.24F), stage.height * 0.90F}, stage.unit * 560, 0},
                crown_of(stage));
        } else
            paint_framing_branch(stage, away, crown_of(stage));
        return;
    }
    Dice dice = stage.dice("frame");
    if (stage.has(Word::Palm) || (stage.has(Word::Beach) && dice.chance(0.85F))) {
        const float x = away < 0 ? 0.07F : 0.93F;
        for (const float step : {0.0F, 0.11F}) {
            paint_palm(stage, dice,
                       {{stage.width * (x - away * step), stage.height * 1.02F},
                        stage.unit * (660 - 1900 * step),
                        0});
        }
        return;
    }
    if (stage.has(Word::Tree) && (ground == Ground::Hills || ground == Ground::Lake)) {
        const float foot = ground == Ground::Lake ? 0.885F : 0.87F;
        paint_tree(
            stage, dice,
            {{stage.width * (0.5F + away * 0.22F), stage.height * foot}, stage.unit * 540, 0},
            crown_of(stage));
    }
    if (stage.has(Word::Bamboo)) paint_bamboo(stage);
    if (stage.has(Word::Autumn) && ground != Ground::Forest && !stage.has(Word::Tree)) {
        paint_framing_branch(stage, -away, crown_of(stage));
    }
}

}  // namespace

void paint_subjects(Stage& stage, Ground ground) {
    const float depth = stage.height - stage.horizon;
    if (stage.has(Word::Lotus) && is_water(ground))
        paint_lotus(stage, stage.horizon + depth * 0.10F);
    if (stage.has(Word::Fish) && is_water(ground)) paint_koi(stage, stage.horizon + depth * 0.15F);
    if (stage.has(Word::Whale) && is_water(ground)) {
        paint_whale_tail(stage, {{stage.width * (0.5F - stage.light_side() * 0.10F),
                                  stage.horizon + depth * 0.42F},
                                 stage.unit * 250,
                                 1,
                                 0.05F});
    }
    paint_boats(stage, ground);
    if (stage.has(Word::Kite)) paint_kites(stage);
    if (ground == Ground::Hills || ground == Ground::Terraces) paint_foreground_grass(stage);
    if (stage.has(Word::Campfire)) {
        paint_campfire(stage,
                       {stage.width * (0.5F - stage.light_side() * 0.10F), stage.height * 0.88F},
                       stage.unit * 105);
    }
    paint_figures(stage, ground);
    if (stage.has(Word::Crane) && is_water(ground)) {
        paint_standing_crane(
            stage, {{stage.width * (stage.light_side() < 0 ? 0.24F : 0.76F), stage.height * 0.93F},
                    stage.unit * 270,
                    stage.light_side(),
                    0});
    }
    paint_frames(stage, ground);
    if (stage.has(Word::Lantern) || (stage.has(Word::OldTown) && stage.light.dark()))
        paint_lantern_strings(stage);
    if (stage.has(Word::Butterfly)) paint_butterflies(stage);
    if (stage.has(Word::Firefly)) paint_fireflies(stage);
}

void paint_air(Stage& stage, Ground ground) {
    if (stage.has(Word::Fog) && ground != Ground::Space) {
        stage.seed = mix_bits(stage.seed);
        paint_mist(stage, stage.horizon + stage.unit * 40, stage.unit * 190, 0.42F);
    }
    if (stage.words.any({Word::Rain, Word::Storm}) && ground != Ground::Abstract) paint_rain(stage);
    if (stage.words.any({Word::Snow, Word::Winter}) &&
        !stage.words.any({Word::Sun, Word::Noon, Word::ClearSky, Word::Mountain}))
        paint_snowfall(stage);
    if (stage.words.any({Word::CherryBlossom, Word::PeachBlossom, Word::ApricotBlossom}))
        paint_petals(stage, crown_of(stage).leaf_lit);
}

}  // namespace imagify::demo
