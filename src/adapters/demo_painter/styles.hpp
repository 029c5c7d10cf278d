#pragma once

#include "adapters/demo_painter/grade.hpp"
#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// Turns the finished scene into the material that the words ask for (lacquer, silk, ink,
/// watercolour, oil, pixels, neon) and sets the grade that suits it.
void apply_style(Stage& stage, Grade& grade);

}  // namespace imagify::demo
