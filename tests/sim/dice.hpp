#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/random.hpp"

namespace imagify::sim {

/// FNV-1a over 64 bits: names of streams, digests of what was seen.
constexpr std::uint64_t kHashSeed = 0xcbf29ce484222325U;
constexpr std::uint64_t hash_of(std::string_view text, std::uint64_t start = kHashSeed) {
    for (const char c : text) start = (start ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return start;
}

/// SplitMix64. Each purpose draws from its own stream, so that a dropped action changes nothing for
/// the others.
class Dice {
public:
    explicit Dice(std::uint64_t state) : state_(state) {}
    Dice(std::uint64_t seed, std::string_view stream, std::uint64_t index = 0)
        : state_(hash_of(stream, seed * 0x9e3779b97f4a7c15U + index * 0xd1342543de82ef95U + 1)) {
        next();
    }

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// 0 .. count-1.
    std::uint64_t below(std::uint64_t count) { return next() % count; }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool permille(unsigned odds) { return below(1000) < odds; }
    /// An index, as often as its weight says.
    std::size_t weighted(std::span<const unsigned> weights) {
        unsigned sum = 0;
        for (const auto weight : weights) sum += weight;
        auto rest = below(sum);
        std::size_t index = 0;
        while (rest >= weights[index]) rest -= weights[index++];
        return index;
    }

private:
    std::uint64_t state_;
};

/// The product's randomness: the same in every run of a seed.
class DiceRandom final : public Random {
public:
    explicit DiceRandom(Dice dice) : dice_(dice) {}
    void fill(std::span<std::byte> bytes) override {
        for (auto& byte : bytes) byte = static_cast<std::byte>(dice_.next());
    }

private:
    Dice dice_;
};

}  // namespace imagify::sim
