#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/random.hpp"

namespace imagify {

/// A string that names one kind of thing, so that two kinds cannot be swapped by mistake.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;

private:
    std::string text_;
};

using UserId = Id<struct UserTag>;
/// VNPAY's TxnRef is the order id: alphanumeric, at most 40 characters, unique for ever.
using OrderId = Id<struct OrderTag>;
/// VNPAY's RequestId of a refund is its id.
using RefundId = Id<struct RefundTag>;
/// The image has the id of the generation that made it.
using GenerationId = Id<struct GenerationTag>;

/// A ULID (26 characters of Crockford base32: 48 bits of time, 80 of randomness): sorts by time of
/// creation, alphanumeric, unique without coordination. `prefix` is put in front.
std::string new_ulid(std::string_view prefix, const Clock& clock, Random& random);

/// The moment in a ULID, to the millisecond, or nothing when `text` is none.
std::optional<TimePoint> ulid_time(std::string_view text, std::string_view prefix);

/// True for `prefix` followed by 26 characters that `new_ulid` can make: the cheap check before any
/// look-up of an id that came from outside.
bool is_ulid(std::string_view text, std::string_view prefix);

}  // namespace imagify
