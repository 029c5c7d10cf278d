#include "adapters/dynamodb/attribute.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>

#include "base/utf8.hpp"

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

// Only what browsers and other outsiders send can be ill-formed, and only for showing it again.
std::string well_formed(const std::string& text) {
    if (count_code_points(text)) return text;
    std::string ascii = text;
    std::ranges::replace_if(
        ascii, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return ascii;
}

template <class Texts>
json::array texts_to_json(const Texts& texts, bool typed) {
    json::array array;
    for (const auto& text : texts) {
        if (typed) {
            array.push_back(json::object{{"S", well_formed(text)}});
        } else {
            array.emplace_back(well_formed(text));
        }
    }
    return array;
}

std::optional<std::int64_t> parse_number(const json::value& value) {
    const auto* const text = value.if_string();
    if (text == nullptr) return std::nullopt;
    std::int64_t number = 0;
    const auto* const end = text->data() + text->size();
    const auto [rest, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return number;
}

std::optional<Attribute> parse_list(const json::value& value) {
    const auto* const array = value.if_array();
    if (array == nullptr) return std::nullopt;
    TextList texts;
    for (const auto& element : *array) {
        const auto* const object = element.if_object();
        const auto* const text = object == nullptr ? nullptr : object->if_contains("S");
        if (text == nullptr || !text->is_string()) return std::nullopt;
        texts.emplace_back(text->get_string());
    }
    return texts;
}

std::optional<Attribute> parse_set(const json::value& value) {
    const auto* const array = value.if_array();
    if (array == nullptr) return std::nullopt;
    TextSet set;
    for (const auto& element : *array) {
        if (!element.is_string()) return std::nullopt;
        set.texts.emplace(element.get_string());
    }
    return set;
}

}  // namespace

json::value to_json(const Attribute& attribute) {
    struct Writer {
        json::value operator()(const std::string& text) const {
            return json::object{{"S", well_formed(text)}};
        }
        json::value operator()(std::int64_t number) const {
            return json::object{{"N", std::to_string(number)}};
        }
        json::value operator()(bool flag) const { return json::object{{"BOOL", flag}}; }
        json::value operator()(const TextList& list) const {
            return json::object{{"L", texts_to_json(list, true)}};
        }
        json::value operator()(const TextSet& set) const {
            return json::object{{"SS", texts_to_json(set.texts, false)}};
        }
    };
    return std::visit(Writer{}, attribute);
}

std::optional<Attribute> parse_attribute(const json::value& json) {
    const auto* const object = json.if_object();
    if (object == nullptr || object->size() != 1) return std::nullopt;
    const auto& [type, value] = *object->begin();
    if (type == "S" && value.is_string()) return Attribute(std::string(value.get_string()));
    if (type == "N") return parse_number(value);
    if (type == "BOOL" && value.is_bool()) return Attribute(value.get_bool());
    if (type == "L") return parse_list(value);
    if (type == "SS") return parse_set(value);
    return std::nullopt;
}

bool is_empty(const Attribute& attribute) {
    struct Asker {
        bool operator()(const std::string& text) const { return text.empty(); }
        bool operator()(std::int64_t) const { return false; }
        bool operator()(bool) const { return false; }
        bool operator()(const TextList& list) const { return list.empty(); }
        bool operator()(const TextSet& set) const { return set.texts.empty(); }
    };
    return std::visit(Asker{}, attribute);
}

}  // namespace imagify::dynamodb
