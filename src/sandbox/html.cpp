#include "sandbox/html.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "sandbox/style.hpp"

namespace imagify::sandbox {
namespace {

constexpr std::string_view kFrame = R"(<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{&style}</style>
</head>
<body>
<header class="banner" data-testid="vnpay-simulator">
<strong lang="vi">MÔ PHỎNG VNPAY — chỉ để phát triển</strong>
<span lang="en">VNPAY simulator — development only</span>
</header>
{&body}
</body>
</html>
)";

std::string sha256_base64(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> base64{};
    const int size = EVP_EncodeBlock(base64.data(), hash.data(), static_cast<int>(hash.size()));
    return {base64.begin(), base64.begin() + size};
}

}  // namespace

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

http::Response html_response(unsigned status, const HtmlPage& page) {
    const std::string style = std::string(kStyle) + page.extra_style;
    const std::string policy = "default-src 'none'; style-src 'sha256-" + sha256_base64(style) +
                               "'; img-src 'self'; form-action 'self'" +
                               (page.form_origin.empty() ? "" : " ") + page.form_origin +
                               "; base-uri 'none'; frame-ancestors 'none'";
    http::Response response{.status = status};
    response.headers.add("Content-Type", "text/html; charset=utf-8");
    response.headers.add("Content-Security-Policy", policy);
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "same-origin");
    response.body = fill(kFrame, {{"language", page.language},
                                  {"title", page.title},
                                  {"style", style},
                                  {"body", page.body}});
    return response;
}

}  // namespace imagify::sandbox
