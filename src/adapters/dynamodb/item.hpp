#pragma once

#include <boost/json/object.hpp>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "adapters/dynamodb/attribute.hpp"
#include "base/clock.hpp"

namespace imagify::dynamodb {

/// One item, or a key: attributes by name. An absent attribute and an empty one are the same:
/// `set` with an empty text, list or set erases.
class Item {
public:
    Item() = default;
    Item(std::initializer_list<std::pair<std::string, Attribute>> attributes);

    Item& set(const std::string& name, Attribute value);
    /// Unix milliseconds.
    Item& set(const std::string& name, TimePoint time) { return set(name, to_unix_ms(time)); }
    Item& erase(const std::string& name);

    bool has(const std::string& name) const { return attributes_.contains(name); }
    /// Empty when it is absent or of another type; likewise below.
    std::string text(const std::string& name) const;
    std::int64_t number(const std::string& name) const;
    std::optional<std::int64_t> maybe_number(const std::string& name) const;
    TimePoint time(const std::string& name) const { return from_unix_ms(number(name)); }
    std::optional<TimePoint> maybe_time(const std::string& name) const;
    bool flag(const std::string& name) const;
    TextList list(const std::string& name) const;
    std::set<std::string> texts(const std::string& name) const;

    const std::map<std::string, Attribute>& attributes() const { return attributes_; }
    bool operator==(const Item&) const = default;

private:
    std::map<std::string, Attribute> attributes_;
};

boost::json::object to_json(const Item& item);

/// Nothing when an attribute has a type that this program never stores.
std::optional<Item> parse_item(const boost::json::value& json);

}  // namespace imagify::dynamodb
