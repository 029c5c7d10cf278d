#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "transport/http/message.hpp"

namespace imagify::sandbox {

/// `text` as it is safe between tags and inside quoted attributes.
std::string escape_html(std::string_view text);

/// The pattern with every `{name}` replaced by that value, escaped, and every `{&name}` by that
/// value as it is, for HTML made before. Unknown names are our mistake.
std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

/// A whole page. All texts but `title` are HTML or CSS already.
struct HtmlPage {
    std::string_view language;
    std::string title;
    std::string body{};
    /// CSS that only this response needs.
    std::string extra_style{};
    /// Origin that a form's answer may redirect to, besides our own.
    std::string form_origin{};
};

/// The page under a policy that allows its own style, by hash, and its forms: no script, image or
/// frame. Never cached.
http::Response html_response(unsigned status, const HtmlPage& page);

}  // namespace imagify::sandbox
