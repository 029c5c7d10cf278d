#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "transport/beast/web_assets.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// Answers everything that is not API: the pages and files of the web app, out of memory.
/// Safe from several threads.
///
/// Files carry a strong ETag for each encoding; /assets/* never changes under its name, pages are
/// asked for again each time. Pages of the app share one shell per language; an unknown path gets
/// the shell with status 404, an unknown file (a dot in its name) a plain 404.
class StaticAssets {
public:
    /// `bundle` outlives it. `picture_origin`: where pictures come from besides ourselves
    /// ("https://bucket.s3.eu-west-1.amazonaws.com"), for the pages' Content-Security-Policy.
    explicit StaticAssets(const WebBundle& bundle, std::string_view picture_origin = {});

    /// Nothing when the method is neither GET nor HEAD. HEAD gets the body too: the server drops
    /// it.
    std::optional<Response> serve(const Request& request) const;

private:
    enum class Page { Known, Unknown };

    const WebAsset* find(std::string_view path) const;
    const WebAsset* find_page(std::string_view path) const;
    Response file(const WebAsset& asset, const Request& request) const;
    Response shell(Page page, const Request& request) const;
    Response send(const WebAsset& asset, const Request& request, Response response) const;

    const WebBundle& bundle_;
    std::string content_security_policy_;
};

}  // namespace imagify::http
