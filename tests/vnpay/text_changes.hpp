#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace imagify::testing {

/// The text after std::tolower or std::toupper of every byte.
std::string cased(std::string text, int (*change)(int));

/// Every occurrence replaced.
std::string replaced(std::string text, std::string_view from, std::string_view to);

/// The bytes with one of them replaced, for every place and several values: each bit, and the
/// characters in `special`.
void flip_each_byte(const std::string& bytes, std::string_view special,
                    const std::function<void(std::string)>& take);

}  // namespace imagify::testing
