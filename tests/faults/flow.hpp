#pragma once

#include <functional>
#include <span>
#include <string>

#include "faults/shop.hpp"

namespace imagify::testing {

/// What was there before the flow.
struct Scene {
    std::string token{};
    std::string order{};
    std::string operator_token{};
};

/// One of the ways in which money moves.
struct Flow {
    std::string name;
    /// Makes what has to be there before. Nothing fails yet.
    std::function<Scene(Shop&)> prepare;
    /// The flow itself; once more, with the same key, it is its own retry.
    std::function<ShopAnswer(Shop&, const Scene&)> act;
    /// True when the answer promised something.
    std::function<bool(const ShopAnswer&)> promised;
    /// Empty when the promise of this answer is kept.
    std::function<std::string(Shop&, const Scene&, const ShopAnswer&)> kept;
    /// Empty when the retry's answer is right and it happened exactly once.
    std::function<std::string(Shop&, const Scene&, const ShopAnswer& retry)> once;
};

/// Register, start payment, notice, generate, generate and fail, reconcile, refund; and those with
/// a key or a number of their own once more.
std::span<const Flow> money_flows();

}  // namespace imagify::testing
