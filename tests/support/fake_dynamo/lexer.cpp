#include "support/fake_dynamo/lexer.hpp"

#include <algorithm>

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool in_word(char c) { return is_letter(c) || is_digit(c); }

std::size_t word_end(std::string_view text, std::size_t from) {
    while (from < text.size() && in_word(text[from])) ++from;
    return from;
}

std::size_t sign_length(std::string_view rest) {
    for (const std::string_view sign : {"<>", "<=", ">="}) {
        if (rest.starts_with(sign)) return 2;
    }
    return std::string_view("()[],.=<>+-").contains(rest.front()) ? 1 : 0;
}

Token next_token(std::string_view text, std::size_t& at) {
    using Kind = Token::Kind;
    const auto cut = [&](Kind kind, std::size_t end) {
        Token token{.kind = kind, .text = std::string(text.substr(at, end - at))};
        at = end;
        return token;
    };
    const char c = text[at];
    if (c == '#' || c == ':') {
        const auto end = word_end(text, at + 1);
        if (end > at + 1) return cut(c == '#' ? Kind::Name : Kind::Value, end);
    } else if (is_letter(c)) {
        return cut(Kind::Word, word_end(text, at));
    } else if (is_digit(c)) {
        return cut(Kind::Number, word_end(text, at));
    } else if (const auto length = sign_length(text.substr(at)); length > 0) {
        return cut(Kind::Sign, at + length);
    }
    invalid("Invalid expression: Syntax error; token: \"" + std::string(1, c) + "\"");
}

}  // namespace

std::vector<Token> read_tokens(std::string_view expression) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < expression.size();) {
        const char c = expression[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at;
        } else {
            tokens.push_back(next_token(expression, at));
        }
    }
    if (tokens.empty()) invalid("Invalid expression: The expression can not be empty;");
    tokens.push_back({});
    return tokens;
}

}  // namespace imagify::testing::dynamo
