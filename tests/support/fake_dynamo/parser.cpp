#include "support/fake_dynamo/parser.hpp"

#include <boost/algorithm/string/predicate.hpp>
#include <charconv>

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {

namespace json = boost::json;

Placeholders::Placeholders(const json::object& request) {
    if (const auto* const names = request.if_contains("ExpressionAttributeNames")) {
        if (names->as_object().empty()) invalid("ExpressionAttributeNames must not be empty");
        for (const auto& name : names->as_object()) {
            names_.emplace(name.key(), json::value_to<std::string>(name.value()));
        }
    }
    if (const auto* const values = request.if_contains("ExpressionAttributeValues")) {
        if (values->as_object().empty()) invalid("ExpressionAttributeValues must not be empty");
        for (const auto& value : values->as_object()) {
            auto normal = value.value();
            normalise(normal);
            values_.emplace(value.key(), std::move(normal));
        }
    }
}

const std::string& Placeholders::name(const std::string& placeholder) {
    const auto found = names_.find(placeholder);
    if (found == names_.end()) {
        invalid(
            "Invalid expression: An expression attribute name used in the document path is not "
            "defined; attribute name: " +
            placeholder);
    }
    used_.insert(placeholder);
    return found->second;
}

const json::value& Placeholders::value(const std::string& placeholder) {
    const auto found = values_.find(placeholder);
    if (found == values_.end()) {
        invalid(
            "Invalid expression: An expression attribute value used in expression is not "
            "defined; attribute value: " +
            placeholder);
    }
    used_.insert(placeholder);
    return found->second;
}

void Placeholders::require_all_used() const {
    for (const auto& [name, unused] : names_) {
        if (!used_.contains(name)) {
            invalid("Value provided in ExpressionAttributeNames unused in expressions: keys: {" +
                    name + "}");
        }
    }
    for (const auto& [value, unused] : values_) {
        if (!used_.contains(value)) {
            invalid("Value provided in ExpressionAttributeValues unused in expressions: keys: {" +
                    value + "}");
        }
    }
}

const Token& Parser::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

Token Parser::next() {
    Token token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
}

void Parser::syntax_error() const {
    invalid("Invalid expression: Syntax error; token: \"" +
            (at_end() ? std::string("<EOF>") : peek().text) + "\"");
}

bool Parser::take_sign(std::string_view sign) {
    if (peek().kind != Token::Kind::Sign || peek().text != sign) return false;
    next();
    return true;
}

bool Parser::take_word(std::string_view word) {
    if (peek().kind != Token::Kind::Word || !boost::iequals(peek().text, word)) return false;
    next();
    return true;
}

void Parser::expect_sign(std::string_view sign) {
    if (!take_sign(sign)) syntax_error();
}

void Parser::expect_word(std::string_view word) {
    if (!take_word(word)) syntax_error();
}

bool Parser::at_function(std::string_view name) const {
    return peek().kind == Token::Kind::Word && peek().text == name &&
           peek(1).kind == Token::Kind::Sign && peek(1).text == "(";
}

std::string Parser::name() {
    if (peek().kind == Token::Kind::Name) return placeholders_.name(next().text);
    if (peek().kind != Token::Kind::Word) syntax_error();
    if (is_reserved(peek().text)) {
        invalid("Invalid expression: Attribute name is a reserved keyword; reserved keyword: " +
                peek().text);
    }
    return next().text;
}

Path Parser::path() {
    Path path{name()};
    while (true) {
        if (take_sign(".")) {
            path.emplace_back(name());
        } else if (take_sign("[")) {
            if (peek().kind != Token::Kind::Number) syntax_error();
            const auto digits = next().text;
            std::size_t place = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), place);
            path.emplace_back(place);
            expect_sign("]");
        } else {
            return path;
        }
    }
}

const json::value& Parser::value() {
    if (peek().kind != Token::Kind::Value) syntax_error();
    return placeholders_.value(next().text);
}

Operand Parser::operand() {
    if (peek().kind == Token::Kind::Value) {
        return [constant = value()](const Item&) { return std::optional(constant); };
    }
    if (at_function("size")) {
        next();
        expect_sign("(");
        auto inner = operand();
        expect_sign(")");
        return [inner](const Item& item) -> std::optional<json::value> {
            const auto sized = inner(item);
            const auto size = sized ? size_of(*sized) : std::nullopt;
            if (!size) return std::nullopt;
            return make_number(*size);
        };
    }
    return [path = path()](const Item& item) -> std::optional<json::value> {
        const auto* const found = find(item, path);
        if (found == nullptr) return std::nullopt;
        return *found;
    };
}

std::vector<Path> parse_projection(std::string_view expression, Placeholders& placeholders) {
    Parser parser(expression, placeholders);
    std::vector<Path> paths;
    do {
        paths.push_back(parser.path());
    } while (parser.take_sign(","));
    if (!parser.at_end()) parser.syntax_error();
    return paths;
}

}  // namespace imagify::testing::dynamo
