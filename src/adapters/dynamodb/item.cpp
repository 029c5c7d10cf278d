#include "adapters/dynamodb/item.hpp"

namespace imagify::dynamodb {
namespace {

template <class T>
const T* find(const std::map<std::string, Attribute>& attributes, const std::string& name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? nullptr : std::get_if<T>(&found->second);
}

}  // namespace

Item::Item(std::initializer_list<std::pair<std::string, Attribute>> attributes) {
    for (const auto& [name, value] : attributes) set(name, value);
}

Item& Item::set(const std::string& name, Attribute value) {
    if (is_empty(value)) {
        attributes_.erase(name);
    } else {
        attributes_.insert_or_assign(name, std::move(value));
    }
    return *this;
}

Item& Item::erase(const std::string& name) {
    attributes_.erase(name);
    return *this;
}

std::string Item::text(const std::string& name) const {
    const auto* const text = find<std::string>(attributes_, name);
    return text == nullptr ? std::string() : *text;
}

std::int64_t Item::number(const std::string& name) const { return maybe_number(name).value_or(0); }

std::optional<std::int64_t> Item::maybe_number(const std::string& name) const {
    const auto* const number = find<std::int64_t>(attributes_, name);
    if (number == nullptr) return std::nullopt;
    return *number;
}

std::optional<TimePoint> Item::maybe_time(const std::string& name) const {
    return maybe_number(name).transform(from_unix_ms);
}

bool Item::flag(const std::string& name) const {
    const auto* const flag = find<bool>(attributes_, name);
    return flag != nullptr && *flag;
}

TextList Item::list(const std::string& name) const {
    const auto* const list = find<TextList>(attributes_, name);
    return list == nullptr ? TextList() : *list;
}

std::set<std::string> Item::texts(const std::string& name) const {
    const auto* const set = find<TextSet>(attributes_, name);
    return set == nullptr ? std::set<std::string>() : set->texts;
}

boost::json::object to_json(const Item& item) {
    boost::json::object json;
    for (const auto& [name, value] : item.attributes()) json.emplace(name, to_json(value));
    return json;
}

std::optional<Item> parse_item(const boost::json::value& json) {
    const auto* const object = json.if_object();
    if (object == nullptr) return std::nullopt;
    Item item;
    for (const auto& member : *object) {
        auto attribute = parse_attribute(member.value());
        if (!attribute) return std::nullopt;
        item.set(member.key(), std::move(*attribute));
    }
    return item;
}

}  // namespace imagify::dynamodb
