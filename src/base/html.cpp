#include "base/html.hpp"

#include <algorithm>
#include <cassert>

namespace imagify {

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            case '\'': escaped += "&#39;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string filled;
    while (true) {
        const auto open = pattern.find('{');
        filled += pattern.substr(0, open);
        if (open == std::string_view::npos) return filled;
        const auto close = pattern.find('}', open);
        assert(close != std::string_view::npos);
        auto name = pattern.substr(open + 1, close - open - 1);
        const bool is_html = name.starts_with('&');
        name.remove_prefix(is_html ? 1 : 0);
        const auto* const value =
            std::ranges::find(values, name, &std::pair<std::string_view, std::string_view>::first);
        assert(value != values.end());
        filled += is_html ? std::string(value->second) : escape_html(value->second);
        pattern.remove_prefix(close + 1);
    }
}

}  // namespace imagify
