#pragma once

#include "adapters/demo_painter/stage.hpp"

namespace imagify::demo {

/// What the lower part of a picture is.
enum class Ground : std::uint8_t {
    Abstract,
    Space,
    Sea,
    Lake,
    River,
    City,
    OldTown,
    Forest,
    Terraces,
    Desert,
    Hills,
    CloudSea,
    Waterfall
};

/// The ground that the words call for; `dice` decides what they leave open.
Ground choose_ground(const SceneWords& words, Dice& dice);

/// Where the horizon of such a ground lies, as a share of the picture's height.
float horizon_share(Ground ground, const SceneWords& words);

/// Everything from the horizon down to the viewer's feet; the sky is there already.
void paint_ground(Stage& stage, Ground ground);

/// What flies or floats in the sky, before the water mirrors it.
void paint_sky_subjects(Stage& stage);

/// Boats on the water, where there is water.
void paint_boats(Stage& stage, Ground ground);

/// What stands and moves in front: figures, boats, plants that frame the view.
void paint_subjects(Stage& stage, Ground ground);

/// Rain, snow, petals and the like, in front of all.
void paint_air(Stage& stage, Ground ground);

}  // namespace imagify::demo
