#pragma once

#include <string>
#include <vector>

namespace imagify::testing {

/// Texts that programs trip over, as JSON string literals with their quotes: most are UTF-8, some
/// are not, some are escapes of no character.
std::vector<std::string> hostile_words();

/// JSON values that are no text.
std::vector<std::string> other_values();

/// The bytes that a literal stands for; "" when it is no text of JSON.
std::string meaning_of(const std::string& literal);

}  // namespace imagify::testing
