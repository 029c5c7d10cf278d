#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// Where a figure stands: the ground under it, its height in pixels, which way it looks.
struct Figure {
    Point foot;
    float size = 100;
    float side = 1;  ///< 1 looks right, -1 left.
    float air = 0;
    float flip = 1;  ///< -1 draws it upside down, as a reflection.
};

void paint_cat(Stage& stage, const Figure& figure);
void paint_dog(Stage& stage, const Figure& figure);
void paint_horse(Stage& stage, const Figure& figure);
void paint_deer(Stage& stage, const Figure& figure);
/// A water buffalo with a child in a conical hat on its back.
void paint_buffalo(Stage& stage, const Figure& figure);
void paint_standing_crane(Stage& stage, const Figure& figure);
/// A person from behind; in an áo dài and nón lá when the words name a conical hat.
void paint_person(Stage& stage, const Figure& figure);
void paint_astronaut(Stage& stage, const Figure& figure);
void paint_whale_tail(Stage& stage, const Figure& figure);

/// A loose flock in the sky; cranes when the words name them.
void paint_birds(Stage& stage, int count);
void paint_dragon(Stage& stage);
/// Koi seen through the water's surface.
void paint_koi(Stage& stage, float from_row);
void paint_butterflies(Stage& stage);

}  // namespace imagify::demo
