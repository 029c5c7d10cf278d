#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace imagify::demo {

/// Everything the demo painter knows how to draw or to be guided by.
enum class Word : std::uint8_t {
    Nothing,  // A known phrase that means none of the below, such as "tại sao" (why).
    // Time and season.
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Sunset,
    Dusk,
    Night,
    Spring,
    Summer,
    Autumn,
    Winter,
    NewYear,
    // Sky and weather.
    Sun,
    Moon,
    Crescent,
    Stars,
    MilkyWay,
    Aurora,
    Clouds,
    CloudSea,
    ClearSky,
    Rain,
    Storm,
    Fog,
    Snow,
    Rainbow,
    // Places.
    Sea,
    Beach,
    Waves,
    Lake,
    River,
    Waterfall,
    Island,
    Karst,
    Mountain,
    Volcano,
    Hill,
    Terrace,
    RiceField,
    Desert,
    Forest,
    Meadow,
    City,
    OldTown,
    Village,
    Pagoda,
    Castle,
    Bridge,
    Lighthouse,
    FloatingMarket,
    Space,
    Planet,
    Nebula,
    // Plants.
    Tree,
    Pine,
    Bamboo,
    Palm,
    CherryBlossom,
    PeachBlossom,
    ApricotBlossom,
    Flowers,
    Sunflower,
    Lavender,
    Lotus,
    // The living.
    Cat,
    Dog,
    Bird,
    Crane,
    Fish,
    Whale,
    Horse,
    Dragon,
    Buffalo,
    Deer,
    Butterfly,
    Firefly,
    Person,
    ConicalHat,
    Astronaut,
    // Things.
    Boat,
    Sail,
    Balloon,
    Kite,
    Lantern,
    SkyLantern,
    Campfire,
    Fireworks,
    House,
    Rocket,
    // Colours.
    Red,
    Orange,
    Gold,
    Green,
    Turquoise,
    Blue,
    Purple,
    Pink,
    White,
    Black,
    Pastel,
    // Styles.
    Photo,
    Lacquer,
    Silk,
    Ink,
    Watercolor,
    Pixel,
    Neon,
    Oil,
    Count
};

/// The known words of a prompt.
class SceneWords {
public:
    void add(Word word) { known_.set(static_cast<std::size_t>(word)); }
    bool has(Word word) const { return known_.test(static_cast<std::size_t>(word)); }
    bool any(std::initializer_list<Word> words) const {
        for (const Word word : words) {
            if (has(word)) return true;
        }
        return false;
    }
    bool none() const { return known_.none(); }
    SceneWords& operator|=(const SceneWords& other) {
        known_ |= other.known_;
        return *this;
    }
    bool operator==(const SceneWords&) const = default;

private:
    std::bitset<static_cast<std::size_t>(Word::Count)> known_;
};

/// Reads a prompt in Vietnamese (with diacritics, composed or not, or typed without) and English.
/// Whole words only; the longest phrase wins ("cầu vồng" is a rainbow and no bridge). A phrase
/// typed without diacritics counts only where it cannot mean something else ("mua" stays unknown).
/// Any bytes are safe; only the first 4000 are read.
SceneWords parse_words(std::string_view prompt);

}  // namespace imagify::demo
