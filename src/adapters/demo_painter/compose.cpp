#include "adapters/demo_painter/demo_painter.hpp"
#include "adapters/demo_painter/grade.hpp"
#include "adapters/demo_painter/label.hpp"
#include "adapters/demo_painter/scenery.hpp"
#include "adapters/demo_painter/sky.hpp"
#include "adapters/demo_painter/space.hpp"
#include "adapters/demo_painter/styles.hpp"

namespace imagify::demo {
namespace {

void place_sun(Stage& stage) {
    Dice dice = stage.dice("sun");
    const float third = dice.chance(0.5F) ? dice.between(0.27F, 0.38F) : dice.between(0.62F, 0.73F);
    stage.sun.x = third * stage.width;
    float rise = 0;
    switch (stage.light.hour) {
        case Hour::Dawn: rise = dice.between(0.14F, 0.24F); break;
        case Hour::Morning: rise = dice.between(0.45F, 0.6F); break;
        case Hour::Noon: rise = dice.between(0.8F, 0.9F); break;
        case Hour::Sunset: rise = dice.between(0.12F, 0.22F); break;
        case Hour::Dusk: rise = -0.04F; break;
        case Hour::Night: rise = dice.between(0.62F, 0.74F); break;
    }
    const bool named_moon = stage.words.any({Word::Moon, Word::Crescent});
    if (named_moon && stage.light.hour == Hour::Dusk) rise = 0.55F;
    // Under a milky way or an aurora a moon would drown them.
    if (!named_moon && stage.light.hour == Hour::Night &&
        stage.words.any({Word::MilkyWay, Word::Aurora}))
        rise = -0.5F;
    stage.moon = stage.light.hour == Hour::Night || (stage.light.hour == Hour::Dusk && rise > 0);
    stage.sun.y = stage.horizon * (1 - rise);
}

void paint_landscape(Stage& stage, Ground ground) {
    paint_sky(stage);
    paint_sky_subjects(stage);
    paint_ground(stage, ground);
    const bool low_sun = ground != Ground::Waterfall &&
                         (stage.light.hour == Hour::Dawn || stage.light.hour == Hour::Sunset);
    if (low_sun && !stage.words.any({Word::Storm, Word::Rain})) {
        paint_rays(stage, ground == Ground::Forest || stage.has(Word::Fog) ? 0.30F : 0.10F);
    }
    paint_subjects(stage, ground);
    paint_air(stage, ground);
}

}  // namespace

Pixmap paint_scene(const SceneRequest& request) {
    const int width = std::clamp(request.width_px, kMinSidePx, kMaxSidePx);
    const int height = std::clamp(request.height_px, kMinSidePx, kMaxSidePx);
    SceneWords words = parse_words(request.prompt);
    words |= parse_words(request.style);
    const std::uint64_t seed = mix_bits(request.seed ^ hash_text(request.prompt));
    Canvas canvas(width, height);
    Dice dice(seed, "plan");
    const Ground ground = choose_ground(words, dice);
    Stage stage{canvas,
                words,
                choose_palette(words, dice),
                seed,
                to_float(width),
                to_float(height),
                std::sqrt(to_float(width) * to_float(height)) / 1000,
                0,
                {},
                false};
    stage.horizon = stage.height * horizon_share(ground, words);
    place_sun(stage);
    if (ground == Ground::Abstract)
        paint_flow_field(stage);
    else if (ground == Ground::Space)
        paint_space(stage);
    else
        paint_landscape(stage, ground);
    Grade grade;
    apply_style(stage, grade);
    add_bloom(canvas, grade.bloom);
    Pixmap picture = develop(canvas, grade, seed);
    draw_label(picture);
    return picture;
}

}  // namespace imagify::demo
