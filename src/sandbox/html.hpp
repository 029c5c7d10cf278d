#pragma once

#include <string>
#include <string_view>

#include "base/html.hpp"
#include "transport/http/message.hpp"

namespace imagify::sandbox {

/// What stands above every page, in both languages.
struct Banner {
    std::string_view test_id;
    std::string_view vi;
    std::string_view en;
};

inline constexpr Banner kVnpayBanner = {.test_id = "vnpay-simulator",
                                        .vi = "MÔ PHỎNG VNPAY — chỉ để phát triển",
                                        .en = "VNPAY simulator — development only"};

/// A whole page. All texts but `title` are HTML or CSS already.
struct HtmlPage {
    std::string_view language;
    std::string title;
    std::string body{};
    /// CSS that only this response needs.
    std::string extra_style{};
    /// Origin that a form's answer may redirect to, besides our own.
    std::string form_origin{};
    /// What frames may show, as in a policy: "'self'" or nothing.
    std::string frame_source{};
    Banner banner = kVnpayBanner;
};

/// The page under a policy that allows its own style, by hash, and its forms: no script, image or
/// frame. Never cached.
http::Response html_response(unsigned status, const HtmlPage& page);

}  // namespace imagify::sandbox
