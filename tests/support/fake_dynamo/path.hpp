#pragma once

#include <string>
#include <variant>
#include <vector>

#include "support/fake_dynamo/values.hpp"

namespace imagify::testing::dynamo {

/// Where in an item: a name, then names in maps and places in lists.
using Path = std::vector<std::variant<std::string, std::size_t>>;

/// The top-level attribute that the path is in.
const std::string& root_of(const Path& path);

/// Null when nothing is there.
const boost::json::value* find(const Item& item, const Path& path);

/// Throws Refused (ValidationException) when what should hold it is not there.
void store(Item& item, const Path& path, boost::json::value value);

/// Nothing happens when nothing is there.
void erase(Item& item, const Path& path);

/// True when one is the other, or is inside it.
bool overlap(const Path& left, const Path& right);

}  // namespace imagify::testing::dynamo
