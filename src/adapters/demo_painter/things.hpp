#pragma once

#include "adapters/demo_painter/creatures.hpp"
#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// A junk with ribbed red sails; `figure.size` is the height of its main mast.
void paint_junk(Stage& stage, const Figure& figure);
/// A slim rowing boat with a person in a conical hat; `figure.size` is its length.
void paint_sampan(Stage& stage, const Figure& figure);
/// A sampan full of fruit and flowers.
void paint_market_boat(Stage& stage, Dice& dice, const Figure& figure);

void paint_balloons(Stage& stage);
void paint_kites(Stage& stage);
void paint_sky_lanterns(Stage& stage);
void paint_fireworks(Stage& stage);
void paint_campfire(Stage& stage, Point foot, float size);
void paint_rocket(Stage& stage);

/// Weather in front of everything.
void paint_rain(Stage& stage);
void paint_snowfall(Stage& stage);
void paint_petals(Stage& stage, Rgb petal);
void paint_fireflies(Stage& stage);

}  // namespace imagify::demo
