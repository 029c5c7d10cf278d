#include "adapters/demo_painter/scene_words.hpp"

#include <gtest/gtest.h>

#include <string>

#include "adapters/demo_painter/vocabulary.hpp"

namespace imagify::demo {
namespace {

SceneWords only(std::initializer_list<Word> words) {
    SceneWords found;
    for (const Word word : words) found.add(word);
    return found;
}

TEST(VocabularyTest, EveryPhraseIsRecognised) {
    for (const Phrase& phrase : all_phrases()) {
        const SceneWords found = parse_words(phrase.text);
        if (phrase.word == Word::Nothing)
            EXPECT_TRUE(found.none()) << phrase.text;
        else
            EXPECT_TRUE(found.has(phrase.word)) << phrase.text;
    }
}

TEST(VocabularyTest, EveryWordHasPhrasesInBothLanguages) {
    for (int i = 1; i < static_cast<int>(Word::Count); ++i) {
        bool english = false;
        bool vietnamese = false;
        for (const Phrase& phrase : all_phrases()) {
            if (static_cast<int>(phrase.word) != i) continue;
            bool ascii = true;
            for (const char c : phrase.text) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
            (ascii ? english : vietnamese) = true;
        }
        EXPECT_TRUE(english && vietnamese) << "word " << i;
    }
}

TEST(SceneWordsTest, VietnameseAndEnglishMeanTheSame) {
    const auto expected = only({Word::Sunset, Word::Sea, Word::Boat});

    EXPECT_EQ(parse_words("hoàng hôn trên biển, thuyền"), expected);
    EXPECT_EQ(parse_words("hoang hon tren bien, thuyen"), expected);
    EXPECT_EQ(parse_words("HOÀNG HÔN TRÊN BIỂN; THUYỀN!"), expected);
    EXPECT_EQ(parse_words("Sunset over the sea with boats"), expected);
}

TEST(SceneWordsTest, DecomposedDiacriticsAreTheSameLetters) {
    EXPECT_EQ(parse_words("bie\u0302\u0309n"), only({Word::Sea}));
    EXPECT_EQ(parse_words("m\u01b0a"), only({Word::Rain}));
    EXPECT_EQ(parse_words("mu\u031ba"), only({Word::Rain}));
}

TEST(SceneWordsTest, AmbiguousWordsNeedTheirDiacritics) {
    EXPECT_TRUE(parse_words("mưa").has(Word::Rain));
    EXPECT_TRUE(parse_words("mua").none());
    EXPECT_TRUE(parse_words("troi mua").has(Word::Rain));
    EXPECT_TRUE(parse_words("trăng").has(Word::Moon));
    EXPECT_FALSE(parse_words("trắng").has(Word::Moon));
    EXPECT_TRUE(parse_words("trắng").has(Word::White));
    EXPECT_TRUE(parse_words("trang").none());
    EXPECT_TRUE(parse_words("anh trang").has(Word::Moon));
    EXPECT_TRUE(parse_words("cá").has(Word::Fish));
    EXPECT_TRUE(parse_words("ca").none());
    EXPECT_TRUE(parse_words("đêm").has(Word::Night));
    EXPECT_TRUE(parse_words("dem").none());
    EXPECT_TRUE(parse_words("biến mất").none());
}

TEST(SceneWordsTest, LongestPhraseWins) {
    EXPECT_EQ(parse_words("cầu vồng"), only({Word::Rainbow}));
    EXPECT_EQ(parse_words("cau vong"), only({Word::Rainbow}));
    EXPECT_EQ(parse_words("cây cầu"), only({Word::Bridge}));
    EXPECT_EQ(parse_words("biển mây"), only({Word::CloudSea}));
    EXPECT_EQ(parse_words("cá voi"), only({Word::Whale}));
    EXPECT_EQ(parse_words("doi cat"), only({Word::Desert}));
    EXPECT_EQ(parse_words("a cat"), only({Word::Cat}));
    EXPECT_TRUE(parse_words("tại sao").none());
    EXPECT_TRUE(parse_words("nhà thơ").none());
}

TEST(SceneWordsTest, OnlyWholeWordsCount) {
    EXPECT_TRUE(parse_words("catalogue seasonal foxtrot").none());
    EXPECT_TRUE(parse_words("mountains").has(Word::Mountain));
    EXPECT_TRUE(parse_words("lighthouses").has(Word::Lighthouse));
}

TEST(SceneWordsTest, HostileBytesAreSafe) {
    EXPECT_TRUE(parse_words("").none());
    EXPECT_TRUE(parse_words(std::string(1 << 20, '\xff')).none());
    EXPECT_TRUE(parse_words("\xe1\xba").none());
    EXPECT_TRUE(parse_words("\xcc\x81\xcc\x81\xf4\x90\x80\x80\xc0\x80").none());
    EXPECT_TRUE(parse_words(std::string("night\0sea", 9)).has(Word::Sea));
    EXPECT_FALSE(parse_words(std::string(4000, ' ') + "night").has(Word::Night));
}

}  // namespace
}  // namespace imagify::demo
