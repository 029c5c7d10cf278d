#pragma once

#include <cstddef>
#include <string_view>

namespace imagify {

/// True when an object in JSON that was parsed into `parsed_members` members names one of them
/// twice: Boost.JSON keeps the last, so two readers could see two objects. Only the outermost
/// object is looked at; `text` is JSON.
bool has_repeated_keys(std::string_view text, std::size_t parsed_members);

}  // namespace imagify
