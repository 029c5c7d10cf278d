#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/fake_dynamo/expressions.hpp"
#include "support/fake_dynamo/lexer.hpp"

namespace imagify::testing::dynamo {

/// What conditions, updates and key conditions have in common: a token stream, paths and operands.
class Parser {
public:
    Parser(std::string_view expression, Placeholders& placeholders)
        : tokens_(read_tokens(expression)), placeholders_(placeholders) {}

    const Token& peek(std::size_t ahead = 0) const;
    Token next();
    bool at_end() const { return peek().kind == Token::Kind::End; }

    /// True, and past it, when the next token is that sign.
    bool take_sign(std::string_view sign);
    /// The same for a keyword, in any case.
    bool take_word(std::string_view word);
    void expect_sign(std::string_view sign);
    void expect_word(std::string_view word);
    /// True when a function call of that name comes next.
    bool at_function(std::string_view name) const;

    Path path();
    const boost::json::value& value();
    /// A path, a :value, or size(path).
    Operand operand();

    Placeholders& placeholders() { return placeholders_; }
    [[noreturn]] void syntax_error() const;

private:
    std::string name();

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    Placeholders& placeholders_;
};

}  // namespace imagify::testing::dynamo
