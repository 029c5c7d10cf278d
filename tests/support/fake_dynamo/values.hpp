#pragma once

#include <boost/json.hpp>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace imagify::testing::dynamo {

/// An item as it travels: {"name": {"S": "..."}}.
using Item = boost::json::object;

/// "S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS" or "BS".
std::string_view type_of(const boost::json::value& value);

/// What stands behind the type.
const boost::json::value& payload(const boost::json::value& value);

std::string_view text_of(const boost::json::value& value);

/// Numbers here are whole: nothing else is stored by Imagify.
std::int64_t number_of(const boost::json::value& value);
boost::json::value make_number(std::int64_t number);

bool is_set(const boost::json::value& value);

bool equal(const boost::json::value& left, const boost::json::value& right);

/// Of two strings, numbers or binaries; nothing for anything else.
std::optional<std::strong_ordering> order(const boost::json::value& left,
                                          const boost::json::value& right);

/// What contains() says.
bool contains(const boost::json::value& whole, const boost::json::value& part);

/// What size() says; nothing for a type without size.
std::optional<std::int64_t> size_of(const boost::json::value& value);

/// Sorts sets and shortens numbers, as DynamoDB does when it stores them.
/// Throws Refused (ValidationException) for what it would not store.
void normalise(boost::json::value& value);

/// What the item counts against the 400 KB limit, roughly.
std::size_t stored_bytes(const Item& item);

}  // namespace imagify::testing::dynamo
