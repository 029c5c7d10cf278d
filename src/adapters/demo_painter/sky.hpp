#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// The sky down to a little below the horizon: gradient, glow, and what the words put there.
void paint_sky(Stage& stage);

/// Clouds from here to the horizon, lit from the sun's side. `cover` 0 to 1.
void paint_clouds(Stage& stage, float cover);

/// The disc of the sun or moon with its halo.
void paint_sun(Stage& stage);

void paint_stars(Stage& stage, float amount);
void paint_milky_way(Stage& stage);
void paint_aurora(Stage& stage);
void paint_rainbow(Stage& stage);
void paint_lightning(Stage& stage);

/// Shafts of light from the sun over everything painted so far.
void paint_rays(Stage& stage, float strength);

}  // namespace imagify::demo
