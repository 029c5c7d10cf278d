#include "adapters/demo_painter/folded_text.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace imagify::demo {
namespace {

constexpr char32_t kInvalid = 0xfffd;

/// Reads one code point and moves `at` past it; an invalid byte yields kInvalid and is passed.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at++);
    if (lead < 0x80) return lead;
    const unsigned extra = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - at < extra) return kInvalid;
    char32_t code = lead & (0x3fU >> extra);
    for (std::size_t i = 0; i < extra; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80) return kInvalid;
        code = (code << 6U) | (byte(at + i) & 0x3fU);
    }
    at += extra;
    return code;
}

struct Letter {
    char base = 0;
    char shape = 0;  // '^' circumflex, '(' breve, '+' horn, '-' bar.
    char tone = 0;   // '1' grave, '2' acute, '3' hook, '4' tilde, '5' dot below.
};

/// Every composed Vietnamese vowel in both cases, in the order of the tones above.
std::unordered_map<char32_t, Letter> composed_letters() {
    struct Row {
        char base, shape;
        const char* plain;
        const char* toned;
    };
    constexpr Row kRows[] = {
        {'a', 0, "aA", "àáảãạÀÁẢÃẠ"},   {'a', '(', "ăĂ", "ằắẳẵặẰẮẲẴẶ"},
        {'a', '^', "âÂ", "ầấẩẫậẦẤẨẪẬ"}, {'e', 0, "eE", "èéẻẽẹÈÉẺẼẸ"},
        {'e', '^', "êÊ", "ềếểễệỀẾỂỄỆ"}, {'i', 0, "iI", "ìíỉĩịÌÍỈĨỊ"},
        {'o', 0, "oO", "òóỏõọÒÓỎÕỌ"},   {'o', '^', "ôÔ", "ồốổỗộỒỐỔỖỘ"},
        {'o', '+', "ơƠ", "ờớởỡợỜỚỞỠỢ"}, {'u', 0, "uU", "ùúủũụÙÚỦŨỤ"},
        {'u', '+', "ưƯ", "ừứửữựỪỨỬỮỰ"}, {'y', 0, "yY", "ỳýỷỹỵỲÝỶỸỴ"},
        {'d', '-', "đĐ", ""},
    };
    std::unordered_map<char32_t, Letter> letters;
    for (const Row& row : kRows) {
        const std::string_view plain(row.plain);
        for (std::size_t at = 0; at < plain.size();) {
            letters[next_code_point(plain, at)] = {row.base, row.shape, 0};
        }
        const std::string_view toned(row.toned);
        char tone = 0;
        for (std::size_t at = 0; at < toned.size(); ++tone) {
            letters[next_code_point(toned, at)] = {row.base, row.shape,
                                                   static_cast<char>('1' + tone % 5)};
        }
    }
    return letters;
}

/// A combining mark of decomposed text: a tone, a shape, or none of ours.
Letter combining_mark(char32_t code) {
    switch (code) {
        case 0x300: return {0, 0, '1'};
        case 0x301: return {0, 0, '2'};
        case 0x309: return {0, 0, '3'};
        case 0x303: return {0, 0, '4'};
        case 0x323: return {0, 0, '5'};
        case 0x302: return {0, '^', 0};
        case 0x306: return {0, '(', 0};
        case 0x31b: return {0, '+', 0};
        default: return {};
    }
}

Letter letter_of(char32_t code) {
    static const std::unordered_map<char32_t, Letter> kComposed = composed_letters();
    if (code < 0x80) {
        const char c = static_cast<char>(code);
        if (c >= 'A' && c <= 'Z') return {static_cast<char>(c - 'A' + 'a'), 0, 0};
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return {c, 0, 0};
        return {};
    }
    const auto found = kComposed.find(code);
    return found == kComposed.end() ? Letter{} : found->second;
}

class WordBuilder {
public:
    explicit WordBuilder(std::vector<FoldedWord>& words) : words_(words) {}

    void add(const Letter& letter) {
        plain_.push_back(letter.base);
        exact_.push_back(letter.base);
        mark(letter);
    }
    void mark(const Letter& mark) {
        if (plain_.empty()) return;
        if (mark.shape != 0 && exact_.back() != mark.shape) exact_.push_back(mark.shape);
        if (mark.tone != 0) tone_ = mark.tone;
    }
    void finish() {
        if (plain_.empty()) return;
        if (tone_ != 0) exact_.append({'\'', tone_});
        words_.push_back({std::move(plain_), std::move(exact_)});
        plain_.clear();
        exact_.clear();
        tone_ = 0;
    }

private:
    std::vector<FoldedWord>& words_;
    std::string plain_;
    std::string exact_;
    char tone_ = 0;
};

}  // namespace

std::vector<FoldedWord> fold_words(std::string_view text) {
    std::vector<FoldedWord> words;
    WordBuilder word(words);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = next_code_point(text, at);
        const Letter letter = letter_of(code);
        if (letter.base != 0) {
            word.add(letter);
            continue;
        }
        const Letter mark = combining_mark(code);
        if (mark.shape != 0 || mark.tone != 0)
            word.mark(mark);
        else
            word.finish();
    }
    word.finish();
    return words;
}

}  // namespace imagify::demo
