#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace imagify::demo {

inline constexpr float kPi = 3.14159265F;
inline constexpr float kTau = 2 * kPi;

constexpr float to_float(int value) { return static_cast<float>(value); }
constexpr int to_int(float value) { return static_cast<int>(value); }

/// Largest whole number not above `value`; faster than std::floor without SSE4.1.
constexpr int floor_int(float value) {
    const int cut = static_cast<int>(value);
    return cut - (static_cast<float>(cut) > value ? 1 : 0);
}

constexpr float clamp01(float value) { return std::clamp(value, 0.0F, 1.0F); }
constexpr float lerp(float from, float to, float t) { return from + (to - from) * t; }

/// 0 below `low`, 1 above `high`, a smooth S between; `low` may be above `high`.
constexpr float smoothstep(float low, float high, float value) {
    const float t = clamp01((value - low) / (high - low));
    return t * t * (3 - 2 * t);
}

constexpr float square(float value) { return value * value; }

/// A well mixed 64-bit hash (the finaliser of splitmix64).
constexpr std::uint64_t mix_bits(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

/// FNV-1a over the bytes, then mixed.
constexpr std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return mix_bits(hash);
}

/// A small seeded source of chance; every subject draws from its own, so that adding one subject
/// to a picture does not move the others.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(mix_bits(seed)) {}
    Dice(std::uint64_t seed, std::string_view subject) : Dice(seed ^ hash_text(subject)) {}

    std::uint32_t bits() {
        state_ += 0x9e3779b97f4a7c15U;
        return static_cast<std::uint32_t>(mix_bits(state_) >> 32U);
    }
    /// In [0, 1).
    float unit() { return static_cast<float>(bits() >> 8U) * (1.0F / 16777216.0F); }
    float between(float low, float high) { return low + (high - low) * unit(); }
    /// Roughly normal, mean 0, deviation 1.
    float bell() { return (unit() + unit() + unit() + unit() - 2.0F) * 1.732F; }
    bool chance(float probability) { return unit() < probability; }
    int below(int count) { return static_cast<int>(unit() * static_cast<float>(count)); }
    float side() { return chance(0.5F) ? 1.0F : -1.0F; }

private:
    std::uint64_t state_;
};

}  // namespace imagify::demo
