#include <algorithm>
#include <array>
#include <boost/algorithm/cxx11/any_of.hpp>

#include "support/fake_dynamo/parser.hpp"
#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

// condition := all ("OR" all)*;  all := not ("AND" not)*;  not := "NOT" not | one
// one := "(" condition ")" | function | operand (sign operand | "BETWEEN" .. "AND" .. | "IN" (..))

Condition any_of(Parser& parser);

bool compares(std::string_view sign, const std::optional<json::value>& left,
              const std::optional<json::value>& right) {
    if (!left || !right) return sign == "<>" && (left || right);
    if (sign == "=") return equal(*left, *right);
    if (sign == "<>") return !equal(*left, *right);
    const auto ordering = order(*left, *right);
    if (!ordering) return false;
    if (sign == "<") return *ordering < 0;
    if (sign == "<=") return *ordering <= 0;
    if (sign == ">") return *ordering > 0;
    return *ordering >= 0;
}

Condition compare(std::string sign, Operand left, Operand right) {
    return [=](const Item& item) { return compares(sign, left(item), right(item)); };
}

bool is_comparator(const Token& token) {
    static constexpr std::array<std::string_view, 6> kSigns{"=", "<>", "<", "<=", ">", ">="};
    return token.kind == Token::Kind::Sign && boost::algorithm::any_of_equal(kSigns, token.text);
}

Condition between(Parser& parser, Operand middle) {
    auto low = parser.operand();
    parser.expect_word("AND");
    auto high = parser.operand();
    return [=](const Item& item) {
        const auto value = middle(item);
        return compares("<=", low(item), value) && compares("<=", value, high(item));
    };
}

Condition one_of(Parser& parser, Operand left) {
    parser.expect_sign("(");
    std::vector<Operand> choices;
    do {
        choices.push_back(parser.operand());
    } while (parser.take_sign(","));
    parser.expect_sign(")");
    if (choices.size() > 100) invalid("Invalid expression: too many operands for IN");
    return [=](const Item& item) {
        return std::ranges::any_of(choices, [&](const Operand& choice) {
            return compares("=", left(item), choice(item));
        });
    };
}

Condition presence(Parser& parser, bool wanted) {
    return [path = parser.path(), wanted](const Item& item) {
        return (find(item, path) != nullptr) == wanted;
    };
}

Condition text_function(Parser& parser, bool (*holds)(const json::value&, const json::value&)) {
    auto left = parser.operand();
    parser.expect_sign(",");
    auto right = parser.operand();
    return [=](const Item& item) {
        const auto whole = left(item);
        const auto part = right(item);
        return whole && part && holds(*whole, *part);
    };
}

bool begins(const json::value& whole, const json::value& part) {
    const auto type = type_of(whole);
    return type == type_of(part) && (type == "S" || type == "B") &&
           text_of(whole).starts_with(text_of(part));
}

bool has_type(const json::value& value, const json::value& type) {
    return type_of(value) == text_of(type);
}

Condition function(Parser& parser) {
    const auto name = parser.next().text;
    parser.expect_sign("(");
    Condition made;
    if (name == "attribute_exists") {
        made = presence(parser, true);
    } else if (name == "attribute_not_exists") {
        made = presence(parser, false);
    } else if (name == "begins_with") {
        made = text_function(parser, begins);
    } else if (name == "contains") {
        made = text_function(parser, contains);
    } else if (name == "attribute_type") {
        made = text_function(parser, has_type);
    } else {
        invalid("Invalid expression: Invalid function name; function: " + name);
    }
    parser.expect_sign(")");
    return made;
}

Condition one(Parser& parser) {
    if (parser.take_sign("(")) {
        auto inner = any_of(parser);
        parser.expect_sign(")");
        return inner;
    }
    const bool call = parser.peek().kind == Token::Kind::Word && parser.peek(1).text == "(";
    if (call && !parser.at_function("size")) return function(parser);
    auto left = parser.operand();
    if (is_comparator(parser.peek())) {
        auto sign = parser.next().text;
        return compare(std::move(sign), std::move(left), parser.operand());
    }
    if (parser.take_word("BETWEEN")) return between(parser, std::move(left));
    if (parser.take_word("IN")) return one_of(parser, std::move(left));
    parser.syntax_error();
}

Condition negation(Parser& parser) {
    if (!parser.take_word("NOT")) return one(parser);
    return [inner = negation(parser)](const Item& item) { return !inner(item); };
}

Condition all_of(Parser& parser) {
    std::vector<Condition> parts{negation(parser)};
    while (parser.take_word("AND")) parts.push_back(negation(parser));
    if (parts.size() == 1) return parts.front();
    return [parts](const Item& item) {
        return std::ranges::all_of(parts, [&](const Condition& part) { return part(item); });
    };
}

Condition any_of(Parser& parser) {
    std::vector<Condition> parts{all_of(parser)};
    while (parser.take_word("OR")) parts.push_back(all_of(parser));
    if (parts.size() == 1) return parts.front();
    return [parts](const Item& item) {
        return std::ranges::any_of(parts, [&](const Condition& part) { return part(item); });
    };
}

KeyTerm key_term(Parser& parser) {
    if (parser.at_function("begins_with")) {
        parser.next();
        parser.expect_sign("(");
        const auto path = parser.path();
        parser.expect_sign(",");
        const auto start = parser.value();
        parser.expect_sign(")");
        return {.name = root_of(path), .equals = {}, .holds = [path, start](const Item& item) {
                    const auto* const value = find(item, path);
                    return value != nullptr && begins(*value, start);
                }};
    }
    const auto path = parser.path();
    const Operand left = [path](const Item& item) -> std::optional<json::value> {
        const auto* const value = find(item, path);
        if (value == nullptr) return std::nullopt;
        return *value;
    };
    if (parser.take_word("BETWEEN")) {
        return {.name = root_of(path), .equals = {}, .holds = between(parser, left)};
    }
    if (!is_comparator(parser.peek())) parser.syntax_error();
    const auto sign = parser.next().text;
    if (sign == "<>") invalid("Unsupported operator in KeyConditionExpression: operator: <>");
    const auto& value = parser.value();
    KeyTerm term{.name = root_of(path), .equals = {}, .holds = {}};
    term.holds = compare(sign, left, [value](const Item&) { return std::optional(value); });
    if (sign == "=") term.equals = value;
    return term;
}

}  // namespace

Condition parse_condition(std::string_view expression, Placeholders& placeholders) {
    Parser parser(expression, placeholders);
    auto condition = any_of(parser);
    if (!parser.at_end()) parser.syntax_error();
    return condition;
}

std::vector<KeyTerm> parse_key_condition(std::string_view expression, Placeholders& placeholders) {
    Parser parser(expression, placeholders);
    std::vector<KeyTerm> terms;
    do {
        terms.push_back(key_term(parser));
    } while (parser.take_word("AND"));
    if (!parser.at_end()) parser.syntax_error();
    return terms;
}

}  // namespace imagify::testing::dynamo
