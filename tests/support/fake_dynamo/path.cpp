#include "support/fake_dynamo/path.hpp"

#include <algorithm>

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

const json::value* step(const json::value& value, const Path::value_type& element) {
    const auto& inner = payload(value);
    if (const auto* const name = std::get_if<std::string>(&element)) {
        return type_of(value) == "M" ? inner.as_object().if_contains(*name) : nullptr;
    }
    if (type_of(value) != "L") return nullptr;
    const auto& list = inner.as_array();
    const auto place = std::get<std::size_t>(element);
    return place < list.size() ? &list[place] : nullptr;
}

json::value* parent_of(Item& item, const Path& path) {
    const Path parent(path.begin(), path.end() - 1);
    return const_cast<json::value*>(find(item, parent));
}

}  // namespace

const std::string& root_of(const Path& path) { return std::get<std::string>(path.front()); }

const json::value* find(const Item& item, const Path& path) {
    const auto* value = item.if_contains(root_of(path));
    for (std::size_t i = 1; i < path.size() && value != nullptr; ++i) value = step(*value, path[i]);
    return value;
}

void store(Item& item, const Path& path, json::value value) {
    if (path.size() == 1) {
        item[root_of(path)] = std::move(value);
        return;
    }
    auto* const parent = parent_of(item, path);
    const auto* const name = std::get_if<std::string>(&path.back());
    if (parent == nullptr || type_of(*parent) != (name != nullptr ? "M" : "L")) {
        invalid("The document path provided in the update expression is invalid for update");
    }
    auto& inner = parent->as_object().begin()->value();
    if (name != nullptr) {
        inner.as_object()[*name] = std::move(value);
        return;
    }
    auto& list = inner.as_array();
    const auto place = std::get<std::size_t>(path.back());
    if (place < list.size()) {
        list[place] = std::move(value);
    } else {
        list.push_back(std::move(value));
    }
}

void erase(Item& item, const Path& path) {
    if (path.size() == 1) {
        item.erase(root_of(path));
        return;
    }
    auto* const parent = parent_of(item, path);
    const auto* const name = std::get_if<std::string>(&path.back());
    if (parent == nullptr || type_of(*parent) != (name != nullptr ? "M" : "L")) {
        invalid("The document path provided in the update expression is invalid for update");
    }
    auto& inner = parent->as_object().begin()->value();
    if (name != nullptr) {
        inner.as_object().erase(*name);
        return;
    }
    auto& list = inner.as_array();
    const auto place = std::get<std::size_t>(path.back());
    if (place < list.size()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(place));
}

bool overlap(const Path& left, const Path& right) {
    const auto [l, r] = std::ranges::mismatch(left, right);
    return l == left.end() || r == right.end();
}

}  // namespace imagify::testing::dynamo
