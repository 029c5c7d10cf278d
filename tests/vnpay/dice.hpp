#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace imagify::testing {

/// Seeded choices.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// 0 .. sides - 1.
    std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }
    bool one_in(std::size_t chances) { return roll(chances) == 0; }
    std::string digits(std::size_t count) {
        std::string text(count, '1');
        for (char& c : text) c = static_cast<char>('1' + roll(9));
        return text;
    }
    template <class T>
    const T& pick(std::span<const T> choices) {
        return choices[roll(choices.size())];
    }
    template <class Range>
    void shuffle(Range& range) {
        for (std::size_t i = range.size(); i > 1; --i) std::swap(range[i - 1], range[roll(i)]);
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace imagify::testing
