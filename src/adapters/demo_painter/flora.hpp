#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// One plant: where its foot is, how tall it is in pixels, how much air lies before it (0 to 1).
struct Plant {
    Point foot;
    float size = 100;
    float air = 0;
};

void paint_pine(Stage& stage, Dice& dice, const Plant& plant);

/// A tree of leaves or blossom: limbs, then thousands of dabs, lit from the sun's side.
struct Crown {
    Rgb leaf_lit, leaf_shade;
    float density = 1;     ///< 1 a full crown, 0.3 a branch in blossom.
    bool blossom = false;  ///< Petals instead of leaves.
};
void paint_tree(Stage& stage, Dice& dice, const Plant& plant, const Crown& crown);

/// A branch that reaches into the picture from an upper corner. `side` -1 left, 1 right.
void paint_framing_branch(Stage& stage, float side, const Crown& crown);

void paint_palm(Stage& stage, Dice& dice, const Plant& plant);
void paint_bamboo(Stage& stage);

/// Grass and flowers at the lower edge, near enough to be out of reach of the horizon's air.
void paint_foreground_grass(Stage& stage);

/// Lotus leaves and flowers on the water below `from_row`.
void paint_lotus(Stage& stage, float from_row);

/// Rows of conifers in fog, one behind the other, with light between them.
void paint_forest(Stage& stage);

/// The crown that the words and the season call for.
Crown crown_of(const Stage& stage);

/// The colour of the flowers that the words call for.
Rgb flower_colour(const Stage& stage, Dice& dice);

}  // namespace imagify::demo
