#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// Towers with lit windows behind the row where they stand; neon signs when the words ask.
void paint_skyline(Stage& stage, float foot_row);

/// A street of old houses with tiled roofs, balconies and lanterns, like Hội An's.
void paint_old_town(Stage& stage, float foot_row);

/// Strings of lit lanterns across the upper part of the picture.
void paint_lantern_strings(Stage& stage);
/// One silk lantern that glows; `size` is its width in pixels.
void paint_lantern(Stage& stage, Point centre, float size, Rgb silk);

/// Single buildings; `foot` is the middle of the base, `size` the height in pixels.
void paint_pagoda(Stage& stage, Point foot, float size);
void paint_castle(Stage& stage, Point foot, float size);
void paint_house(Stage& stage, Point foot, float size);
void paint_lighthouse(Stage& stage, Point foot, float size);

/// An arched stone bridge across the water at `row`.
void paint_bridge(Stage& stage, float row);

}  // namespace imagify::demo
