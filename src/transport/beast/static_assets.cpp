#include "transport/beast/static_assets.hpp"

#include <algorithm>
#include <array>

#include "transport/beast/negotiation.hpp"

namespace imagify::http {
namespace {

constexpr std::string_view kShell = "/app.html";
constexpr std::string_view kEnglishShell = "/app.en.html";

// The app's own pages (DESIGN 4); "*" stands for one segment that is not empty.
constexpr auto kAppRoutes = std::to_array<std::string_view>({
    "/signup",
    "/login",
    "/forgot-password",
    "/reset-password",
    "/verify-email",
    "/studio",
    "/gallery",
    "/gallery/*",
    "/billing",
    "/billing/result/*",
    "/billing/receipt/*",
    "/payment-result",
    "/account",
    "/account/security",
    "/console",
    "/console/reviews",
    "/console/orders",
    "/console/orders/*",
    "/console/users",
    "/console/users/*",
    "/console/audit",
    "/s/*",
});

bool fits(std::string_view route, std::string_view path) {
    if (!route.ends_with('*')) return route == path;
    route.remove_suffix(1);
    return path.size() > route.size() && path.starts_with(route) &&
           path.find('/', route.size()) == std::string_view::npos;
}

bool is_app_route(std::string_view path) {
    return std::ranges::any_of(kAppRoutes, [&](auto route) { return fits(route, path); });
}

bool is_html(const WebAsset& asset) { return asset.media_type.starts_with("text/html"); }

std::string_view cache_policy(const WebAsset& asset) {
    if (asset.path.starts_with("/assets/")) return "public, max-age=31536000, immutable";
    // A stale service worker would keep serving a stale app.
    if (is_html(asset) || asset.path == "/sw.js") return "no-cache";
    return "public, max-age=3600";
}

std::string policy_of(const WebBundle& bundle, std::string_view picture_origin) {
    const auto sources = [](std::string_view hashes) {
        return "'self'" + (hashes.empty() ? std::string() : " " + std::string(hashes));
    };
    return "default-src 'self'; script-src " + sources(bundle.script_sources) + "; style-src " +
           sources(bundle.style_sources) + "; img-src 'self' data: blob:" +
           (picture_origin.empty() ? "" : ' ' + std::string(picture_origin)) +
           "; connect-src 'self'; object-src 'none'; base-uri 'none'; "
           "frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; "
           "trusted-types 'none'";
}

struct Form {
    std::span<const std::byte> bytes;
    std::string_view coding;
    std::string_view tag_suffix;
};

Form form_of(const WebAsset& asset, Encoding encoding) {
    switch (encoding) {
        case Encoding::Identity: return {asset.plain, "", ""};
        case Encoding::Brotli: return {asset.brotli, "br", "-br"};
        case Encoding::Gzip: return {asset.gzip, "gzip", "-gz"};
    }
    return {};
}

Response plain_text(unsigned status, std::string_view text) {
    Response response{.status = status, .headers = {}, .body = std::string(text), .route = {}};
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Cache-Control", "no-cache");
    return response;
}

}  // namespace

StaticAssets::StaticAssets(const WebBundle& bundle, std::string_view picture_origin)
    : bundle_(bundle), content_security_policy_(policy_of(bundle, picture_origin)) {}

const WebAsset* StaticAssets::find(std::string_view path) const {
    const auto found = std::ranges::lower_bound(bundle_.assets, path, {}, &WebAsset::path);
    return found != bundle_.assets.end() && found->path == path ? &*found : nullptr;
}

// A prerendered page: "/" is index.html, "/pricing" is pricing.html or pricing/index.html.
const WebAsset* StaticAssets::find_page(std::string_view path) const {
    if (path == "/app") return nullptr;  // The shell is no page of its own.
    const std::string base(path == "/" ? "" : path);
    if (const auto* asset = find(base + "/index.html")) return asset;
    return find(base + ".html");
}

std::optional<Response> StaticAssets::serve(const Request& request) const {
    if (request.method != Method::Get && request.method != Method::Head) return std::nullopt;
    std::string_view path = request.path;
    if (path.size() > 2 && path.ends_with('/')) path.remove_suffix(1);
    if (const auto* asset = find(path)) return file(*asset, request);
    if (const auto* asset = find_page(path)) return file(*asset, request);
    if (is_app_route(path)) return shell(Page::Known, request);
    const auto name = path.substr(path.rfind('/'));
    if (name.contains('.') || request.path.starts_with("/assets/"))
        return plain_text(404, "Not found.\n");
    return shell(Page::Unknown, request);
}

Response StaticAssets::file(const WebAsset& asset, const Request& request) const {
    Response response;
    response.route = asset.path.starts_with("/assets/") ? "/assets/*" : asset.path;
    response.headers.add("Vary", "Accept-Encoding");
    return send(asset, request, std::move(response));
}

Response StaticAssets::shell(Page page, const Request& request) const {
    auto language =
        choose_language(request.headers.get("cookie"), request.headers.get("accept-language"));
    if (request.path.starts_with("/en/")) language = Language::English;
    const auto* asset = language == Language::English ? find(kEnglishShell) : nullptr;
    if (asset == nullptr) asset = find(kShell);
    if (asset == nullptr) asset = find("/index.html");  // A build without prerendered pages.
    if (asset == nullptr) return plain_text(404, "Not found.\n");
    Response response{
        .status = page == Page::Known ? 200U : 404U, .headers = {}, .body = {}, .route = kShell};
    response.headers.add("Vary", "Accept-Encoding, Accept-Language, Cookie");
    return send(*asset, request, std::move(response));
}

Response StaticAssets::send(const WebAsset& asset, const Request& request,
                            Response response) const {
    const auto encoding =
        choose_encoding(request.headers.get("accept-encoding"),
                        {.brotli = !asset.brotli.empty(), .gzip = !asset.gzip.empty()});
    if (!encoding) return plain_text(406, "No form of this file is acceptable to you.\n");
    const auto form = form_of(asset, *encoding);
    auto& headers = response.headers;
    headers.add("Cache-Control", std::string(cache_policy(asset)));
    if (response.status == 200) {
        const auto etag = '"' + std::string(asset.tag) + std::string(form.tag_suffix) + '"';
        headers.add("ETag", etag);
        if (matches_etag(request.headers.get("if-none-match"), etag)) response.status = 304;
    }
    if (is_html(asset)) {
        headers.add("Content-Security-Policy", content_security_policy_);
        headers.add("Referrer-Policy", "same-origin");
        headers.add("Cross-Origin-Opener-Policy", "same-origin");
        headers.add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    }
    headers.add("X-Content-Type-Options", "nosniff");
    if (response.status == 304) return response;
    headers.add("Content-Type", std::string(asset.media_type));
    if (!form.coding.empty()) headers.add("Content-Encoding", std::string(form.coding));
    response.body = form.bytes;
    return response;
}

}  // namespace imagify::http
