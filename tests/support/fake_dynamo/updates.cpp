#include <algorithm>
#include <boost/algorithm/cxx11/any_of.hpp>

#include "support/fake_dynamo/parser.hpp"
#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

[[noreturn]] void wrong_type() {
    invalid("An operand in the update expression has an incorrect data type");
}

json::value require(const Operand& operand, const Item& item) {
    auto value = operand(item);
    if (!value) {
        invalid("The provided expression refers to an attribute that does not exist in the item");
    }
    return std::move(*value);
}

Operand sum(Parser& parser);

Operand if_not_exists(Parser& parser) {
    const auto path = parser.path();
    parser.expect_sign(",");
    auto fallback = sum(parser);
    return [=](const Item& item) -> std::optional<json::value> {
        if (const auto* const found = find(item, path)) return *found;
        return fallback(item);
    };
}

Operand list_append(Parser& parser) {
    auto front = sum(parser);
    parser.expect_sign(",");
    auto back = sum(parser);
    return [=](const Item& item) -> std::optional<json::value> {
        auto list = require(front, item);
        const auto more = require(back, item);
        if (type_of(list) != "L" || type_of(more) != "L") wrong_type();
        auto& members = list.as_object().begin()->value().as_array();
        for (const auto& member : payload(more).as_array()) members.push_back(member);
        return list;
    };
}

Operand term(Parser& parser) {
    const bool fallback = parser.at_function("if_not_exists");
    if (!fallback && !parser.at_function("list_append")) {
        if (parser.at_function("size")) parser.syntax_error();
        return parser.operand();
    }
    parser.next();
    parser.expect_sign("(");
    auto made = fallback ? if_not_exists(parser) : list_append(parser);
    parser.expect_sign(")");
    return made;
}

Operand sum(Parser& parser) {
    auto left = term(parser);
    const bool minus = parser.take_sign("-");
    if (!minus && !parser.take_sign("+")) return left;
    auto right = term(parser);
    return [=](const Item& item) -> std::optional<json::value> {
        const auto a = require(left, item);
        const auto b = require(right, item);
        if (type_of(a) != "N" || type_of(b) != "N") wrong_type();
        return make_number(minus ? number_of(a) - number_of(b) : number_of(a) + number_of(b));
    };
}

void read_clause(Parser& parser, Update& update) {
    if (parser.take_word("SET")) {
        do {
            auto path = parser.path();
            parser.expect_sign("=");
            update.sets.push_back({std::move(path), sum(parser)});
        } while (parser.take_sign(","));
    } else if (parser.take_word("REMOVE")) {
        do update.removes.push_back(parser.path());
        while (parser.take_sign(","));
    } else if (parser.take_word("ADD")) {
        do {
            auto path = parser.path();
            update.adds.push_back({std::move(path), parser.value()});
        } while (parser.take_sign(","));
    } else if (parser.take_word("DELETE")) {
        do {
            auto path = parser.path();
            update.deletes.push_back({std::move(path), parser.value()});
        } while (parser.take_sign(","));
    } else {
        parser.syntax_error();
    }
}

std::vector<Path> touched(const Update& update) {
    std::vector<Path> paths = update.removes;
    for (const auto& set : update.sets) paths.push_back(set.path);
    for (const auto& add : update.adds) paths.push_back(add.path);
    for (const auto& deletion : update.deletes) paths.push_back(deletion.path);
    return paths;
}

void require_apart(const std::vector<Path>& paths) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
        for (std::size_t j = i + 1; j < paths.size(); ++j) {
            if (overlap(paths[i], paths[j])) {
                invalid("Invalid UpdateExpression: Two document paths overlap with each other;");
            }
        }
    }
}

// The union of two sets, or the sum of two numbers.
json::value added(const json::value* before, const json::value& more) {
    if (type_of(more) == "N") {
        if (before != nullptr && type_of(*before) != "N") wrong_type();
        return make_number((before == nullptr ? 0 : number_of(*before)) + number_of(more));
    }
    if (!is_set(more)) wrong_type();
    if (before == nullptr) return more;
    if (type_of(*before) != type_of(more)) wrong_type();
    json::value result = *before;
    auto& members = result.as_object().begin()->value().as_array();
    for (const auto& member : payload(more).as_array()) {
        if (!boost::algorithm::any_of_equal(members, member)) members.push_back(member);
    }
    normalise(result);
    return result;
}

void remove_members(Item& item, const Path& path, const json::value& less) {
    const auto* const before = find(item, path);
    if (!is_set(less)) wrong_type();
    if (before == nullptr) return;
    if (type_of(*before) != type_of(less)) wrong_type();
    json::array left;
    for (const auto& member : payload(*before).as_array()) {
        if (!boost::algorithm::any_of_equal(payload(less).as_array(), member))
            left.push_back(member);
    }
    if (left.empty()) {
        erase(item, path);
    } else {
        store(item, path, json::object{{type_of(less), std::move(left)}});
    }
}

}  // namespace

Update parse_update(std::string_view expression, Placeholders& placeholders) {
    Parser parser(expression, placeholders);
    Update update;
    while (!parser.at_end()) read_clause(parser, update);
    require_apart(touched(update));
    return update;
}

Item apply(const Update& update, const Item& before, const std::vector<std::string>& key_names) {
    for (const auto& path : touched(update)) {
        if (boost::algorithm::any_of_equal(key_names, root_of(path))) {
            invalid("One or more parameter values were invalid: Cannot update attribute " +
                    root_of(path) + ". This attribute is part of the key");
        }
    }
    Item after = before;
    // Every right side is what it was before the update.
    for (const auto& set : update.sets) store(after, set.path, require(set.value, before));
    for (const auto& add : update.adds) {
        store(after, add.path, added(find(before, add.path), add.value));
    }
    for (const auto& deletion : update.deletes)
        remove_members(after, deletion.path, deletion.value);
    for (const auto& path : update.removes) erase(after, path);
    return after;
}

}  // namespace imagify::testing::dynamo
