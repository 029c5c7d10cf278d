#include "sandbox/html.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "base/html.hpp"
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
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<title>{title}</title>
<style>{&style}</style>
</head>
<body>
<header class="banner" data-testid="{test_id}">
<strong lang="vi">{banner_vi}</strong>
<span lang="en">{banner_en}</span>
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

http::Response html_response(unsigned status, const HtmlPage& page) {
    const std::string style = std::string(kStyle) + page.extra_style;
    const std::string policy = "default-src 'none'; style-src 'sha256-" + sha256_base64(style) +
                               "'; img-src 'self'; form-action 'self'" +
                               (page.form_origin.empty() ? "" : " ") + page.form_origin +
                               (page.frame_source.empty() ? "" : "; frame-src ") +
                               page.frame_source + "; base-uri 'none'; frame-ancestors 'none'";
    http::Response response{.status = status};
    response.headers.add("Content-Type", "text/html; charset=utf-8");
    response.headers.add("Content-Security-Policy", policy);
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "same-origin");
    response.body = fill(kFrame, {{"language", page.language},
                                  {"title", page.title},
                                  {"style", style},
                                  {"test_id", page.banner.test_id},
                                  {"banner_vi", page.banner.vi},
                                  {"banner_en", page.banner.en},
                                  {"body", page.body}});
    return response;
}

}  // namespace imagify::sandbox
