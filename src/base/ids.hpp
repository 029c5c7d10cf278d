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
/// The `jti` of the token that a log-in made.
using SessionId = Id<struct SessionTag>;
/// A single-use link that was mailed.
using LinkId = Id<struct LinkTag>;
using MailId = Id<struct MailTag>;

/// A ULID (26 characters of Crockford base32: 48 bits of time, 80 of randomness): sorts by time of
/// creation, alphanumeric, unique without coordination. `prefix` is put in front.
std::string new_ulid(std::string_view prefix, const Clock& clock, Random& random);

/// No ULID of `time` or later sorts before it.
std::string first_ulid(std::string_view prefix, TimePoint time);

/// The moment in a ULID, to the millisecond, or nothing when `text` is none.
std::optional<TimePoint> ulid_time(std::string_view text, std::string_view prefix);

/// True for `prefix` followed by 26 characters that `new_ulid` can make: the cheap check before any
/// look-up of an id that came from outside.
bool is_ulid(std::string_view text, std::string_view prefix);

/// The same 128 bits as an id of ours: for somebody whom others call by a UUID. Its time says
/// nothing. Nothing when `uuid` is none as RFC 9562 writes it (letters of either case).
std::optional<std::string> ulid_of_uuid(std::string_view prefix, std::string_view uuid);

/// The inverse, in lower case. `text` is an id of ours.
std::string uuid_of_ulid(std::string_view text, std::string_view prefix);

}  // namespace imagify
