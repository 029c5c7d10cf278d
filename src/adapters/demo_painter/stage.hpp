#pragma once

#include "adapters/demo_painter/canvas.hpp"
#include "adapters/demo_painter/palette.hpp"
#include "adapters/demo_painter/shape.hpp"

namespace imagify::demo {

/// What every subject painter needs: the canvas, the light, the words and where things stand.
struct Stage {
    Canvas& canvas;
    const SceneWords& words;
    Palette light;
    std::uint64_t seed = 0;
    float width = 0;    ///< Pixels.
    float height = 0;   ///< Pixels.
    float unit = 1;     ///< Pixels for one of 1000 parts of a square picture of the same area.
    float horizon = 0;  ///< Row of the horizon.
    Point sun;          ///< Centre of the sun or moon, maybe outside the picture.
    bool moon = false;  ///< Whether it is a moon that shines.

    /// A source of chance of its own for each subject.
    Dice dice(std::string_view subject) const { return Dice(seed, subject); }
    bool has(Word word) const { return words.has(word); }
    /// From where the light falls: -1 from the left, 1 from the right.
    float light_side() const { return sun.x < width * 0.5F ? -1.0F : 1.0F; }
    /// Light a surface that faces the light by `facing` (0 to 1) sends back.
    Rgb lit(Rgb albedo, float facing) const { return albedo * (light.shade + light.key * facing); }
    /// `colour` as seen through air that hides `amount` of it at column `x`: haze takes the colour
    /// of the glow near the sun.
    Rgb through_air(Rgb colour, float amount, float x) const {
        const float off = (x - sun.x) / width;
        const Rgb air = light.haze + light.sun * (0.30F * light.glow / (1 + off * off * 16));
        return mix(colour, air, amount);
    }
    /// The look of a silhouette at `at`, `air` of it hidden by distance, its rim `rim_px` wide.
    RimLight silhouette(Point at, float air, float rim_px) const {
        const Rgb dark =
            through_air(light.shade * light.water * 0.5F + light.shade * 0.03F, air, at.x);
        const Point away = sun - at;
        const float length = std::max(std::hypot(away.x, away.y), 1.0F);
        const Rgb rim = mix(light.key * 0.55F + light.horizon * 0.25F, dark, air * 0.7F);
        return {dark * 1.25F, dark, rim, away * (rim_px / length)};
    }
};

}  // namespace imagify::demo
