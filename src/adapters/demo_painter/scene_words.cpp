#include "adapters/demo_painter/scene_words.hpp"

#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/demo_painter/folded_text.hpp"
#include "adapters/demo_painter/vocabulary.hpp"

namespace imagify::demo {
namespace {

constexpr std::size_t kMostBytes = 4000;
constexpr std::size_t kLongestPhrase = 5;

/// Phrases by their key: a phrase may stand for several words ("áo dài": a person, a hat).
using Index = std::unordered_map<std::string, std::vector<Word>>;

struct Lexicon {
    Index exact;
    Index plain;
};

using Words = std::vector<FoldedWord>;

std::string join(const Words& words, std::size_t from, std::size_t count,
                 std::string FoldedWord::* spelling) {
    std::string key;
    for (std::size_t i = from; i < from + count; ++i) {
        if (i > from) key.push_back(' ');
        key += words[i].*spelling;
    }
    return key;
}

const Lexicon& lexicon() {
    static const Lexicon built = [] {
        Lexicon all;
        for (const Phrase& phrase : all_phrases()) {
            const Words words = fold_words(phrase.text);
            const std::string exact = join(words, 0, words.size(), &FoldedWord::exact);
            const std::string plain = join(words, 0, words.size(), &FoldedWord::plain);
            all.exact[exact].push_back(phrase.word);
            if (phrase.typed == Typed::AnyWay && plain != exact) {
                all.plain[plain].push_back(phrase.word);
            }
        }
        return all;
    }();
    return built;
}

const std::vector<Word>* look_up(const Words& words, std::size_t from, std::size_t count) {
    const Lexicon& known = lexicon();
    std::string key = join(words, from, count, &FoldedWord::exact);
    if (const auto hit = known.exact.find(key); hit != known.exact.end()) return &hit->second;
    for (std::size_t i = from; i < from + count; ++i) {
        if (words[i].has_diacritics()) return nullptr;
    }
    if (const auto hit = known.plain.find(key); hit != known.plain.end()) return &hit->second;
    // English plurals: "lighthouses", "dishes".
    for (int cut = 0; cut < 2 && key.size() > 4 && (key.back() == 's' || key.back() == 'e');
         ++cut) {
        if (cut == 0 && key.back() != 's') break;
        key.pop_back();
        if (const auto hit = known.exact.find(key); hit != known.exact.end()) return &hit->second;
    }
    return nullptr;
}

}  // namespace

SceneWords parse_words(std::string_view prompt) {
    const Words words = fold_words(prompt.substr(0, kMostBytes));
    SceneWords found;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t taken = 1;
        for (std::size_t count = std::min(kLongestPhrase, words.size() - at); count > 0; --count) {
            const std::vector<Word>* meaning = look_up(words, at, count);
            if (meaning == nullptr) continue;
            for (const Word word : *meaning) {
                if (word != Word::Nothing) found.add(word);
            }
            taken = count;
            break;
        }
        at += taken;
    }
    return found;
}

}  // namespace imagify::demo
