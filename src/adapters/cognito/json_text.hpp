#pragma once

#include <boost/json/object.hpp>
#include <string_view>

namespace imagify::cognito {

/// The text of that name; empty when there is none.
inline std::string_view text_of(const boost::json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    const auto* const text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

}  // namespace imagify::cognito
