#include "transport/beast/static_assets.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace imagify::http {
namespace {

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

const std::vector<WebAsset> kAssets{
    {"/app.en.html", "text/html; charset=utf-8", "t-app-en", bytes("english shell"), {}, {}},
    {"/app.html", "text/html; charset=utf-8", "t-app", bytes("shell"), bytes("shell.br"), {}},
    {"/assets/app-1.js", "text/javascript", "t-js", bytes("js"), bytes("js.br"), bytes("js.gz")},
    {"/en/index.html", "text/html; charset=utf-8", "t-en", bytes("welcome"), {}, {}},
    {"/en/pricing.html", "text/html; charset=utf-8", "t-en-p", bytes("prices"), {}, {}},
    {"/favicon.ico", "image/x-icon", "t-ico", bytes("icon"), {}, {}},
    {"/index.html", "text/html; charset=utf-8", "t-index", bytes("xin chao"), {}, {}},
    {"/pricing/index.html", "text/html; charset=utf-8", "t-p", bytes("bang gia"), {}, {}},
    {"/sw.js", "text/javascript", "t-sw", bytes("worker"), {}, {}},
};
const WebBundle kBundle{.assets = kAssets, .script_sources = "'sha256-s='", .style_sources = ""};

class StaticAssetsTest : public ::testing::Test {
protected:
    Response get(std::string path,
                 std::initializer_list<std::pair<const char*, const char*>> headers = {},
                 Method method = Method::Get) {
        Request request{.method = method,
                        .path = std::move(path),
                        .query = {},
                        .headers = {},
                        .body = {},
                        .client_address = {},
                        .request_id = {}};
        for (const auto& [name, value] : headers) request.headers.add(name, value);
        auto response = assets.serve(request);
        EXPECT_TRUE(response.has_value());
        return response ? std::move(*response) : Response{};
    }

    static std::string body(const Response& response) {
        if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
        const auto span = std::get<std::span<const std::byte>>(response.body);
        return {reinterpret_cast<const char*>(span.data()), span.size()};
    }

    StaticAssets assets{kBundle};
};

TEST_F(StaticAssetsTest, FilesAndPrerenderedPagesAreServed) {
    EXPECT_EQ(body(get("/")), "xin chao");
    EXPECT_EQ(body(get("/en")), "welcome");
    EXPECT_EQ(body(get("/en/")), "welcome");
    EXPECT_EQ(body(get("/pricing")), "bang gia");
    EXPECT_EQ(body(get("/en/pricing")), "prices");
    EXPECT_EQ(body(get("/favicon.ico")), "icon");
    EXPECT_EQ(get("/favicon.ico").headers.get("content-type"), "image/x-icon");
}

TEST_F(StaticAssetsTest, AppPagesShareTheShell) {
    for (const auto* path :
         {"/signup", "/login", "/studio", "/gallery", "/gallery/img_1", "/billing",
          "/billing/result/O1", "/payment-result", "/account", "/account/security",
          "/forgot-password", "/reset-password", "/verify-email", "/console", "/s/tok.en"}) {
        const auto response = get(path);
        EXPECT_EQ(response.status, 200U) << path;
        EXPECT_EQ(body(response), "shell") << path;
        EXPECT_EQ(response.headers.get("vary"), "Accept-Encoding, Accept-Language, Cookie");
        EXPECT_EQ(body(get(path, {{"Cookie", "lang=en"}})), "english shell") << path;
        EXPECT_EQ(body(get(path, {{"Accept-Language", "en"}})), "english shell") << path;
    }
}

TEST_F(StaticAssetsTest, UnknownPagesGetTheShellWith404) {
    for (const auto* path : {"/nowhere", "/studio/x", "/gallery/a/b", "/s", "/billing/result",
                             "/app", "/signup2", "//", "/a/../b"}) {
        const auto response = get(path);
        EXPECT_EQ(response.status, 404U) << path;
        EXPECT_EQ(body(response), "shell") << path;
        EXPECT_EQ(response.headers.count("etag"), 0U) << path;
    }
    EXPECT_EQ(body(get("/en/nowhere")), "english shell");
}

TEST_F(StaticAssetsTest, UnknownFilesAreReally404) {
    for (const auto* path :
         {"/x.js", "/assets/app-2.js", "/assets/", "/.env", "/a/b.html", "/csp.json"}) {
        const auto response = get(path);
        EXPECT_EQ(response.status, 404U) << path;
        EXPECT_EQ(body(response), "Not found.\n") << path;
    }
}

TEST_F(StaticAssetsTest, EncodingIsNegotiated) {
    const auto brotli = get("/assets/app-1.js", {{"Accept-Encoding", "gzip, br"}});
    const auto gzip = get("/assets/app-1.js", {{"Accept-Encoding", "gzip, br;q=0"}});
    const auto plain = get("/assets/app-1.js");

    EXPECT_EQ(body(brotli), "js.br");
    EXPECT_EQ(brotli.headers.get("content-encoding"), "br");
    EXPECT_EQ(brotli.headers.get("content-type"), "text/javascript");
    EXPECT_EQ(body(gzip), "js.gz");
    EXPECT_EQ(gzip.headers.get("content-encoding"), "gzip");
    EXPECT_EQ(body(plain), "js");
    EXPECT_EQ(plain.headers.count("content-encoding"), 0U);
    for (const auto* response : {&brotli, &gzip, &plain}) {
        EXPECT_EQ(response->headers.get("vary"), "Accept-Encoding");
    }
    EXPECT_NE(brotli.headers.get("etag"), gzip.headers.get("etag"));
    EXPECT_NE(brotli.headers.get("etag"), plain.headers.get("etag"));
    EXPECT_EQ(get("/assets/app-1.js", {{"Accept-Encoding", "identity;q=0, zstd"}}).status, 406U);
}

TEST_F(StaticAssetsTest, KnownEtagIsNotSentAgain) {
    const auto first = get("/assets/app-1.js", {{"Accept-Encoding", "br"}});
    const std::string etag(first.headers.get("etag"));

    const auto same =
        get("/assets/app-1.js", {{"Accept-Encoding", "br"}, {"If-None-Match", etag.c_str()}});
    const auto other =
        get("/assets/app-1.js", {{"Accept-Encoding", "gzip"}, {"If-None-Match", etag.c_str()}});

    EXPECT_EQ(etag, "\"t-js-br\"");
    EXPECT_EQ(same.status, 304U);
    EXPECT_EQ(body(same), "");
    EXPECT_EQ(same.headers.get("etag"), etag);
    EXPECT_EQ(same.headers.get("vary"), "Accept-Encoding");
    EXPECT_EQ(same.headers.get("cache-control"), first.headers.get("cache-control"));
    EXPECT_EQ(other.status, 200U);
    EXPECT_EQ(get("/nowhere", {{"If-None-Match", "*"}}).status, 404U);
}

TEST_F(StaticAssetsTest, OnlyHashedNamesAreCachedForEver) {
    EXPECT_EQ(get("/assets/app-1.js").headers.get("cache-control"),
              "public, max-age=31536000, immutable");
    EXPECT_EQ(get("/").headers.get("cache-control"), "no-cache");
    EXPECT_EQ(get("/studio").headers.get("cache-control"), "no-cache");
    EXPECT_EQ(get("/sw.js").headers.get("cache-control"), "no-cache");
    EXPECT_EQ(get("/favicon.ico").headers.get("cache-control"), "public, max-age=3600");
}

TEST_F(StaticAssetsTest, PagesCarryTheirPolicies) {
    for (const auto* path : {"/", "/studio", "/nowhere"}) {
        const auto headers = get(path).headers;
        EXPECT_EQ(
            headers.get("content-security-policy"),
            "default-src 'self'; script-src 'self' 'sha256-s='; style-src 'self'; "
            "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
            "frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; "
            "trusted-types 'none'");
        EXPECT_EQ(headers.get("x-content-type-options"), "nosniff");
        EXPECT_EQ(headers.get("referrer-policy"), "same-origin");
        EXPECT_EQ(headers.get("cross-origin-opener-policy"), "same-origin");
    }
    EXPECT_EQ(get("/favicon.ico").headers.count("content-security-policy"), 0U);
    EXPECT_EQ(get("/favicon.ico").headers.get("x-content-type-options"), "nosniff");
}

TEST_F(StaticAssetsTest, OnlyReadingIsAnswered) {
    const auto request = [](Method method) {
        return Request{.method = method,
                       .path = "/",
                       .query = {},
                       .headers = {},
                       .body = {},
                       .client_address = {},
                       .request_id = {}};
    };
    for (const auto method : {Method::Post, Method::Put, Method::Patch, Method::Delete,
                              Method::Options, Method::Other}) {
        EXPECT_FALSE(assets.serve(request(method)));
    }
    EXPECT_EQ(get("/", {}, Method::Head).status, 200U);
}

TEST(EmbeddedWeb, HasAStartPageAndIsSorted) {
    const auto& bundle = embedded_web();
    const auto has = [&](std::string_view path) {
        return std::ranges::any_of(bundle.assets, [&](const auto& asset) {
            return asset.path == path && !asset.plain.empty();
        });
    };

    EXPECT_TRUE(has("/index.html"));
    EXPECT_TRUE(std::ranges::is_sorted(bundle.assets, {}, &WebAsset::path));
}

TEST_F(StaticAssetsTest, PagesMayShowPicturesOfTheStoresOwnOrigin) {
    const StaticAssets assets_of_shop(kBundle, "https://pictures.s3.eu-west-1.amazonaws.com");
    Request request;
    request.path = "/";

    const auto policy = [&](const StaticAssets& from) {
        return std::string(from.serve(request)->headers.get("Content-Security-Policy"));
    };

    EXPECT_TRUE(policy(assets).contains("img-src 'self' data: blob:;"));
    EXPECT_TRUE(policy(assets_of_shop)
                    .contains("img-src 'self' data: blob: https://pictures.s3.eu-west-1"
                              ".amazonaws.com;"));
}

}  // namespace
}  // namespace imagify::http
