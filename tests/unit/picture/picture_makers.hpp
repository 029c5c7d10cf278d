#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace imagify::testing {

struct Rgba {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
};

/// The colour of each pixel.
using Scene = std::function<Rgba(int x, int y)>;

inline Scene plain(Rgba color) {
    return [color](int, int) { return color; };
}

/// Something with detail, so that truncation anywhere changes a pixel.
Rgba textured(int x, int y);

/// A PNG put together by hand, for everything that an encoder would not write.
struct PngParts {
    std::uint32_t width = 8;
    std::uint32_t height = 8;
    std::uint8_t depth = 8;
    std::uint8_t color_type = 2;
    std::uint8_t interlace = 0;
    /// Whole chunks, between IHDR and IDAT.
    std::string before_data{};
    /// Deflated into one IDAT.
    std::string scanlines{};
    /// Whole chunks, between IDAT and IEND.
    std::string after_data{};
};
std::string png_chunk(std::string_view type, std::string_view data);
std::string deflated(std::string_view bytes);
std::string assemble_png(const PngParts& parts);

/// An 8x8 RGB picture; every part may be changed.
PngParts small_png_parts();

struct PngKind {
    int depth = 8;
    /// PNG_COLOR_TYPE_...
    int color_type = 2;
    bool interlaced = false;
};
/// By libpng. One colour for the whole picture: it has to be expressible in every kind.
std::string plain_png(int width, int height, PngKind kind, bool white);
std::string png_of(int width, int height, const Scene& scene, bool with_alpha = false);

enum class JpegKind { Baseline, Progressive, Gray, Cmyk, ManyScans };
std::string jpeg_of(int width, int height, const Scene& scene, JpegKind kind = JpegKind::Baseline);

enum class WebpKind { Lossy, Lossless };
std::string webp_of(int width, int height, const Scene& scene, WebpKind kind = WebpKind::Lossy);

inline std::span<const std::byte> as_bytes(const std::string& text) {
    return std::as_bytes(std::span(text));
}

}  // namespace imagify::testing
