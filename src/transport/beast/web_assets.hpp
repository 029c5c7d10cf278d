#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace imagify::http {

/// One file of the web app in its plain and compressed forms; those that do not exist are empty.
/// All memory is static.
struct WebAsset {
    /// As in a URL: "/assets/app-3fa2.js".
    std::string_view path;
    std::string_view media_type;
    /// The hash of the plain form, unquoted.
    std::string_view tag;
    std::span<const std::byte> plain;
    std::span<const std::byte> brotli;
    std::span<const std::byte> gzip;
};

/// What was built from web/: see embed_web.py.
struct WebBundle {
    /// Sorted by path.
    std::span<const WebAsset> assets;
    /// Space-separated CSP sources of inline scripts and styles: "'sha256-...' 'sha256-...'".
    std::string_view script_sources;
    std::string_view style_sources;
};

/// The bundle inside this program: web/dist as of the build, or a page that says how to build it.
const WebBundle& embedded_web();

}  // namespace imagify::http
