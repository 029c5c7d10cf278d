#pragma once

#include <span>
#include <string>
#include <vector>

#include "adapters/demo_painter/scene_words.hpp"

namespace imagify::demo {

/// Whether a Vietnamese phrase may be recognised when it is typed without its diacritics.
enum class Typed : std::uint8_t {
    AnyWay,      ///< Without diacritics it still means only this.
    Diacritics,  ///< Without them it could be another word: "mưa" (rain), "mua" (buy).
};

/// A word of the painter and the phrases that mean it: lower case, separated by commas, Vietnamese
/// with its diacritics. A leading `!` marks one that counts only with them (Typed::Diacritics).
struct VocabularyRow {
    Word word;
    const char* phrases;
};

/// The tables, one for each part of the vocabulary. Static storage.
std::span<const VocabularyRow> sky_vocabulary();
std::span<const VocabularyRow> place_vocabulary();
std::span<const VocabularyRow> life_vocabulary();
std::span<const VocabularyRow> look_vocabulary();

struct Phrase {
    std::string text;
    Word word;
    Typed typed;
};

/// All phrases of all tables, one by one.
std::vector<Phrase> all_phrases();

}  // namespace imagify::demo
