#include "sandbox/html.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "base/html.hpp"

namespace imagify::sandbox {
namespace {

TEST(Html, EscapesEverythingThatHasAMeaning) {
    EXPECT_EQ(escape_html(R"(<a href="x" b='y'>&)"),
              "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
    EXPECT_EQ(escape_html("ảnh đẹp"), "ảnh đẹp");
}

TEST(Html, FillsEscapedUnlessToldOtherwise) {
    EXPECT_EQ(fill("<p>{a}</p>{&b}{a}", {{"a", "<"}, {"b", "<br>"}}), "<p>&lt;</p><br>&lt;");
    EXPECT_EQ(fill("{a}", {{"a", "{b}"}}), "{b}");
    EXPECT_EQ(fill("", {}), "");
}

TEST(Html, PolicyAllowsExactlyTheStyleOfThePage) {
    const auto response = html_response(
        200, {.language = "en", .title = "t", .body = "b", .extra_style = ".x{color:red}"});
    const auto& html = std::get<std::string>(response.body);
    const auto from = html.find("<style>") + 7;
    const auto style = html.substr(from, html.find("</style>") - from);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(style.data()), style.size(), hash.data());
    std::array<unsigned char, 45> base64{};
    EVP_EncodeBlock(base64.data(), hash.data(), SHA256_DIGEST_LENGTH);

    const auto policy = response.headers.get("Content-Security-Policy");

    const std::string digest(base64.begin(), base64.end() - 1);
    EXPECT_TRUE(policy.contains("style-src 'sha256-" + digest + "';")) << policy;
    EXPECT_TRUE(policy.starts_with("default-src 'none'"));
    EXPECT_TRUE(policy.contains("form-action 'self';"));
    EXPECT_FALSE(policy.contains("unsafe"));
    EXPECT_TRUE(style.ends_with(".x{color:red}"));
    EXPECT_EQ(html.find("style="), std::string::npos);
    EXPECT_EQ(html.find("<script"), std::string::npos);
}

}  // namespace
}  // namespace imagify::sandbox
