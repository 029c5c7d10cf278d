#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imagify::testing::dynamo {

struct Token {
    enum class Kind { Word, Name, Value, Number, Sign, End };
    Kind kind = Kind::End;
    /// A word as written, "#name", ":value", digits, or the sign itself.
    std::string text{};
};

/// Cuts an expression into tokens; the last one is End. Throws Refused (ValidationException).
std::vector<Token> read_tokens(std::string_view expression);

}  // namespace imagify::testing::dynamo
