#pragma once

#include <compare>
#include <cstdint>

namespace imagify {

/// A count of credits. One credit is one picture.
struct Credits {
    std::int64_t count = 0;

    auto operator<=>(const Credits&) const = default;
    friend Credits operator+(Credits a, Credits b) { return {a.count + b.count}; }
    friend Credits operator-(Credits a, Credits b) { return {a.count - b.count}; }
};

/// Whole Vietnamese dong. There is no smaller unit.
struct Vnd {
    std::int64_t amount = 0;

    auto operator<=>(const Vnd&) const = default;
};

/// VNPAY takes 5,000 VND up to, but not including, 1,000,000,000 VND a payment.
inline constexpr Vnd kMinPayment{5'000};
inline constexpr Vnd kMaxPayment{999'999'999};

/// What one picture costs.
inline constexpr Credits kPicturePrice{1};

}  // namespace imagify
