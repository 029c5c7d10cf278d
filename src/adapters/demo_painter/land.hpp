#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// A mountain range behind everything, its foot at `foot_row`; snow where the words ask for it.
void paint_mountains(Stage& stage, float foot_row);

/// One cone with a glowing crater and its smoke.
void paint_volcano(Stage& stage, float foot_row);

/// Rolling ground from the horizon to the lower edge: meadow, tea rows or snow fields, with trees.
void paint_hills(Stage& stage);

/// Sand dunes from the horizon to the lower edge.
void paint_dunes(Stage& stage);

/// Terraced rice fields in steps down to the viewer, their water shining.
void paint_terraces(Stage& stage);

/// Limestone towers standing in the water at `waterline`.
void paint_karst(Stage& stage, float waterline);

/// A far shore with a line of trees, at `row`.
void paint_far_bank(Stage& stage, float row);

/// A sea of clouds from `top_row` down, out of which the land above rises.
void paint_cloud_sea(Stage& stage, float top_row);

/// A bank of mist across the picture around `row`.
void paint_mist(Stage& stage, float row, float thickness, float opacity);

}  // namespace imagify::demo
