#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace imagify::dynamodb {

/// A list of texts (L of S): keeps order and repetitions.
using TextList = std::vector<std::string>;

/// A set of texts (SS). DynamoDB knows no empty set: an empty one is an absent attribute.
struct TextSet {
    std::set<std::string> texts;
    bool operator==(const TextSet&) const = default;
};

/// The types of attribute that this program stores: S, N (whole numbers), BOOL, L, SS.
using Attribute = std::variant<std::string, std::int64_t, bool, TextList, TextSet>;

/// `{"S": "text"}`, as the wire protocol has it. Bytes that are no UTF-8, which DynamoDB refuses,
/// become '?'.
boost::json::value to_json(const Attribute& attribute);

/// The inverse; nothing for other types and malformed values.
std::optional<Attribute> parse_attribute(const boost::json::value& json);

/// True for an empty text, list or set: stored as an absent attribute.
bool is_empty(const Attribute& attribute);

}  // namespace imagify::dynamodb
