#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace imagify {

/// `text` as it is safe between tags and inside quoted attributes.
std::string escape_html(std::string_view text);

/// The pattern with every `{name}` replaced by that value, escaped, and every `{&name}` by that
/// value as it is, for HTML made before. Unknown names are our mistake.
std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace imagify
