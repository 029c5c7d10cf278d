#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// How the surface moves: 0 a mirror, 1 open sea.
struct WaterLook {
    float waterline = 0;  ///< Row where it begins; it goes on to the lower edge.
    float swell = 0.4F;
};

/// Water that mirrors what already stands above the waterline, with ripples and the sun's path.
void paint_water(Stage& stage, const WaterLook& look);

/// A beach in front of the water: foam, wet and dry sand.
void paint_beach(Stage& stage);

/// Breaking waves between the horizon and the viewer.
void paint_surf(Stage& stage);

/// A waterfall between dark cliffs that falls to `foot_row`.
void paint_waterfall(Stage& stage, float foot_row);

}  // namespace imagify::demo
