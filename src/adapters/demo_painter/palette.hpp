#pragma once

#include "adapters/demo_painter/colour.hpp"
#include "adapters/demo_painter/scene_words.hpp"

namespace imagify::demo {

enum class Hour : std::uint8_t { Dawn, Morning, Noon, Sunset, Dusk, Night };

/// The light of a picture: every subject takes its colours from here, so that they agree.
struct Palette {
    Hour hour = Hour::Morning;
    Rgb zenith, upper, lower, horizon;  ///< The sky from top to bottom.
    Rgb sun;                            ///< The disc and the glow around it; the moon at night.
    Rgb haze;                           ///< What distance fades into.
    Rgb key;                            ///< Light from the sun or moon on a white surface.
    Rgb shade;                          ///< Light from the sky on a white surface.
    Rgb cloud_lit, cloud_shade;
    Rgb water;                ///< Deep water, without reflections.
    Rgb grass, rock, accent;  ///< Albedo of plants and stone; the picture's own colour.
    float stars = 0;          ///< How clearly stars show, 0 to 1.
    float glow = 1;           ///< Strength of the light around the sun.

    bool dark() const { return hour == Hour::Night || hour == Hour::Dusk; }
};

/// Chooses the light for the words; `dice` decides what the words leave open.
Palette choose_palette(const SceneWords& words, Dice& dice);

}  // namespace imagify::demo
