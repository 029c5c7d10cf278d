#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// A whole picture of space: nebula, stars, planets, and an astronaut when the words name one.
void paint_space(Stage& stage);

/// A whole abstract picture: folds of silk along a warped flow field, a veiled disc, gold veins.
void paint_flow_field(Stage& stage);

}  // namespace imagify::demo
