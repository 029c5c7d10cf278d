#pragma once

#include <span>

#include "adapters/demo_painter/scene_words.hpp"

namespace imagify::demo {

/// Whether a Vietnamese phrase may be recognised when it is typed without its diacritics.
enum class Typed : std::uint8_t {
    AnyWay,       ///< Without diacritics it still means only this.
    Diacritics,   ///< Without them it could be another word: "mưa" (rain), "mua" (buy).
};

/// A phrase in lower case; Vietnamese with its diacritics.
struct Phrase {
    const char* text;
    Word word;
    Typed typed = Typed::AnyWay;
};

/// The tables, one for each part of the vocabulary. Static storage.
std::span<const Phrase> sky_phrases();
std::span<const Phrase> place_phrases();
std::span<const Phrase> life_phrases();
std::span<const Phrase> look_phrases();

}  // namespace imagify::demo
