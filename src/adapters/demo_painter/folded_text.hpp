#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imagify::demo {

/// One word of a text in a spelling-independent form.
struct FoldedWord {
    /// Lower-case ASCII letters and digits, diacritics removed: "đêm" is "dem".
    std::string plain;
    /// `plain` with each vowel's shape marked, and the tone at the end, wherever it was written:
    /// "thuỷ" and "thủy" are both "thuy3". Equals `plain` when the word has no diacritics.
    std::string exact;

    bool has_diacritics() const { return exact.size() != plain.size(); }
};

/// Splits UTF-8 (Vietnamese composed or decomposed, English) into words. Invalid bytes and all
/// other characters separate words.
std::vector<FoldedWord> fold_words(std::string_view text);

}  // namespace imagify::demo
