#include "adapters/demo_painter/vocabulary.hpp"

#include <string_view>

namespace imagify::demo {
namespace {

void add_phrases(const VocabularyRow& row, std::vector<Phrase>& phrases) {
    std::string_view rest(row.phrases);
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view text = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        while (text.starts_with(' ')) text.remove_prefix(1);
        const bool strict = text.starts_with('!');
        if (strict) text.remove_prefix(1);
        phrases.push_back(
            {std::string(text), row.word, strict ? Typed::Diacritics : Typed::AnyWay});
    }
}

}  // namespace

std::vector<Phrase> all_phrases() {
    std::vector<Phrase> phrases;
    for (const auto table :
         {sky_vocabulary(), place_vocabulary(), life_vocabulary(), look_vocabulary()}) {
        for (const VocabularyRow& row : table) add_phrases(row, phrases);
    }
    return phrases;
}

}  // namespace imagify::demo
