#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imagify {

/// The styles that words can ask for, "none" first.
std::vector<std::string> prompt_styles();

/// The prompt with the style's words after it; unchanged for "none", for an unknown style, and
/// where the words would make it longer than a prompt may be.
std::string with_style(std::string_view prompt, std::string_view style);

}  // namespace imagify
