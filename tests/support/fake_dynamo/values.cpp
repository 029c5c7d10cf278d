#include "support/fake_dynamo/values.hpp"

#include <algorithm>
#include <boost/algorithm/cxx11/any_of.hpp>
#include <charconv>

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

const json::object& typed(const json::value& value) {
    const auto* const object = value.if_object();
    if (object == nullptr || object->size() != 1) {
        invalid(
            "Supplied AttributeValue is empty, must contain exactly one of the supported "
            "datatypes");
    }
    return *object;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
    return number;
}

void normalise_set(json::array& set, bool numbers) {
    if (set.empty()) {
        invalid("One or more parameter values were invalid: An string set  may not be empty");
    }
    for (auto& member : set) {
        if (!numbers) continue;
        const auto number = parse_number(member.as_string());
        if (!number) invalid("A value provided cannot be converted into a number");
        member = std::to_string(*number);
    }
    std::ranges::sort(
        set, {}, [](const json::value& member) { return std::string_view(member.as_string()); });
    const auto twice = std::ranges::adjacent_find(set);
    if (twice != set.end()) {
        invalid("One or more parameter values were invalid: Input collection contains duplicates");
    }
}

std::size_t value_bytes(const json::value& value) {
    const auto& inner = payload(value);
    if (const auto* const text = inner.if_string()) return text->size();
    if (const auto* const list = inner.if_array()) {
        std::size_t sum = 3;
        const bool set = is_set(value);
        for (const auto& member : *list) {
            sum += set ? member.as_string().size() : 1 + value_bytes(member);
        }
        return sum;
    }
    if (const auto* const map = inner.if_object()) return 3 + stored_bytes(*map);
    return 1;
}

}  // namespace

std::string_view type_of(const json::value& value) { return typed(value).begin()->key(); }

const json::value& payload(const json::value& value) { return typed(value).begin()->value(); }

std::string_view text_of(const json::value& value) { return payload(value).as_string(); }

std::int64_t number_of(const json::value& value) {
    const auto number = parse_number(text_of(value));
    if (!number) invalid("A value provided cannot be converted into a number");
    return *number;
}

json::value make_number(std::int64_t number) { return json::object{{"N", std::to_string(number)}}; }

bool is_set(const json::value& value) {
    const auto type = type_of(value);
    return type == "SS" || type == "NS" || type == "BS";
}

bool equal(const json::value& left, const json::value& right) { return left == right; }

std::optional<std::strong_ordering> order(const json::value& left, const json::value& right) {
    const auto type = type_of(left);
    if (type != type_of(right)) return std::nullopt;
    if (type == "N") return number_of(left) <=> number_of(right);
    if (type == "S" || type == "B") return text_of(left) <=> text_of(right);
    return std::nullopt;
}

bool contains(const json::value& whole, const json::value& part) {
    const auto type = type_of(whole);
    if (type == "S") {
        return type_of(part) == "S" && text_of(whole).contains(text_of(part));
    }
    if (type == "L") {
        const auto& members = payload(whole).as_array();
        return std::ranges::any_of(members, [&](const json::value& m) { return equal(m, part); });
    }
    if (!is_set(whole) || type.substr(0, 1) != type_of(part)) return false;
    return boost::algorithm::any_of_equal(payload(whole).as_array(), payload(part));
}

std::optional<std::int64_t> size_of(const json::value& value) {
    const auto& inner = payload(value);
    const auto type = type_of(value);
    if (type == "S" || type == "B") return static_cast<std::int64_t>(inner.as_string().size());
    if (type == "M") return static_cast<std::int64_t>(inner.as_object().size());
    if (const auto* const members = inner.if_array()) {
        return static_cast<std::int64_t>(members->size());
    }
    return std::nullopt;
}

void normalise(json::value& value) {
    const auto type = std::string(type_of(value));
    auto& inner = value.as_object().begin()->value();
    if (type == "N") {
        inner = std::to_string(number_of(value));
    } else if (type == "SS" || type == "NS" || type == "BS") {
        normalise_set(inner.as_array(), type == "NS");
    } else if (type == "L") {
        for (auto& member : inner.as_array()) normalise(member);
    } else if (type == "M") {
        for (auto& member : inner.as_object()) normalise(member.value());
    } else if (type == "NULL") {
        if (!inner.is_bool() || !inner.as_bool()) {
            invalid(
                "One or more parameter values were invalid: Null attribute value types must "
                "have the value of true");
        }
    } else if (type != "S" && type != "B" && type != "BOOL") {
        invalid(
            "Supplied AttributeValue is empty, must contain exactly one of the supported "
            "datatypes");
    }
}

std::size_t stored_bytes(const Item& item) {
    std::size_t sum = 0;
    for (const auto& member : item) sum += member.key().size() + value_bytes(member.value());
    return sum;
}

}  // namespace imagify::testing::dynamo
