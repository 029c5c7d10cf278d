#include "security/picture_cases.hpp"

#include <fmt/format.h>
#include <array>
#include <cstdint>

#include "unit/picture/picture_makers.hpp"

namespace imagify::testing {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

std::string with(const std::string& before, const std::string& after = {}) {
    auto parts = small_png_parts();
    parts.before_data = before;
    parts.after_data = after;
    return assemble_png(parts);
}

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    all.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

// A whole JPEG with other sides in its frame header, which follows FF C0 or FF C2.
std::string with_sides(std::string jpeg, unsigned height, unsigned width) {
    const auto frame = std::min(jpeg.find("\xff\xc0"), jpeg.find("\xff\xc2"));
    const std::array<unsigned, 4> bytes{height >> 8U, height & 255U, width >> 8U, width & 255U};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        jpeg[frame + 5 + i] = static_cast<char>(bytes[i]);
    }
    return jpeg;
}

std::string little_endian(std::size_t value, std::size_t bytes) {
    std::string text;
    for (; bytes > 0; --bytes, value >>= 8U) text += static_cast<char>(value & 255U);
    return text;
}

std::string riff(const std::string& chunks) {
    return "RIFF" + little_endian(chunks.size() + 4, 4) + "WEBP" + chunks;
}

std::string webp_chunk(const std::string& type, const std::string& data) {
    return type + little_endian(data.size(), 4) + data + (data.size() % 2 == 1 ? "\0" : "");
}

}  // namespace

void make_png_bombs(const TakePicture& take) {
    for (const std::uint32_t side :
         {0U, 4097U, 65'535U, 65'536U, 0x7fff'ffffU, 0x8000'0000U, 0xffff'ffffU}) {
        for (const auto interlace : {std::uint8_t{0}, std::uint8_t{1}}) {
            auto parts = small_png_parts();
            parts.interlace = interlace;
            parts.width = side;
            take(fmt::format("PNG {} wide", side), assemble_png(parts));
            parts.height = side;
            take(fmt::format("PNG {0} x {0}", side), assemble_png(parts));
        }
    }
    auto parts = small_png_parts();
    parts.scanlines.assign(256 * kMebibyte, '\0');
    take("PNG with 256 MiB of pixels behind a small header", assemble_png(parts));
    for (const auto depth : {std::uint8_t{8}, std::uint8_t{16}}) {
        PngParts giant{.width = 4096,
                       .height = 4096,
                       .depth = depth,
                       .color_type = 6,
                       .interlace = 1,
                       .scanlines = std::string(1'000, '\0')};
        take("interlaced PNG, giant and nearly empty", assemble_png(giant));
        giant.interlace = 0;
        take("PNG, giant and nearly empty", assemble_png(giant));
    }
    const auto packed = deflated(std::string(64 * kMebibyte, 'A'));
    const std::string named("name\0\0", 6);
    const std::string international("name\0\1\0vi\0ten\0", 14);
    for (const auto& [type, head] :
         {std::pair("iCCP", named), std::pair("zTXt", named), std::pair("iTXt", international)}) {
        take(std::string("PNG with 64 MiB in ") + type, with(png_chunk(type, head + packed)));
        take(std::string("PNG with many ") + type,
             with(repeated(png_chunk(type, head + packed), 50)));
        take(std::string("PNG with 64 MiB behind its pixels in ") + type,
             with("", png_chunk(type, head + packed)));
    }
    for (const auto* const type : {"prVt", "tEXt", "tIME", "IDAT", "PLTE", "sPLT"}) {
        take(std::string("PNG with 100,000 of ") + type,
             with(repeated(png_chunk(type, ""), 100'000)));
    }
    take("animated PNG", with(png_chunk("acTL", std::string("\0\0\0\2\0\0\0\0", 8))));
    take("PNG with an unknown chunk that must be known", with(png_chunk("EVIL", "x")));
}

void make_other_bombs(const TakePicture& take) {
    using enum JpegKind;
    const auto jpeg = jpeg_of(16, 16, textured);
    for (const unsigned side : {0U, 4'097U, 65'500U, 65'535U}) {
        take(fmt::format("JPEG {0} x {0}", side), with_sides(jpeg, side, side));
        take(fmt::format("progressive JPEG {0} x {0}", side),
             with_sides(jpeg_of(16, 16, textured, Progressive), side, side));
    }
    take("JPEG, giant and nearly empty", with_sides(jpeg, 4096, 4096));
    take("progressive JPEG, giant and nearly empty",
         with_sides(jpeg_of(16, 16, textured, Progressive), 4096, 4096));
    take("JPEG of many scans", jpeg_of(64, 64, textured, ManyScans));
    take("large JPEG of many scans", jpeg_of(2'048, 2'048, textured, ManyScans));
    take("JPEG in four colours", jpeg_of(16, 16, textured, Cmyk));
    take("JPEG with 100,000 comments",
         jpeg.substr(0, 2) + repeated("\xff\xfe\x00\x02", 1) + "\xff\xd8" + jpeg.substr(2));
    const std::string still(10, '\0');
    take("animated WebP", riff(webp_chunk("VP8X", '\2' + still.substr(1)) +
                               webp_chunk("ANIM", std::string(6, '\0')) +
                               webp_chunk("ANMF", std::string(24, '\0'))));
    for (const std::size_t side : {std::size_t{4'096}, std::size_t{16'383}}) {
        take(fmt::format("WebP that says {}", side),
             riff(webp_chunk("VP8X", std::string(4, '\0') + little_endian(side - 1, 3) +
                                         little_endian(side - 1, 3)) +
                  webp_chunk("VP8 ", std::string(10, '\0'))));
        take(fmt::format("lossless WebP that says {}", side),
             riff(webp_chunk("VP8L", "\x2f" + little_endian((side - 1) | (side - 1) << 14U, 4) +
                                         std::string(64, '\xff'))));
    }
    take("WebP of 100,000 chunks", riff(repeated(webp_chunk("XXXX", ""), 100'000)));
    take("GIF", "GIF89a\1\0\1\0\x80\0\0");
    take("SVG", R"(<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>)");
    take("AVIF", std::string("\0\0\0\x1c", 4) + "ftypavif");
    take("TIFF", std::string("II*\0\x08\0\0\0", 8));
    take("BMP", "BM" + std::string(52, '\0'));
    take("HTML", "<!doctype html><script>alert(1)</script>");
    take("PDF", "%PDF-1.7");
    take("nothing", "");
}

void make_damaged_pictures(const TakePicture& take) {
    const auto png = assemble_png(small_png_parts());
    const auto jpeg = jpeg_of(8, 8, textured);
    const auto webp = webp_of(8, 8, textured);
    const auto lossless = webp_of(8, 8, textured, WebpKind::Lossless);
    for (const auto& whole : {png, jpeg, jpeg_of(16, 16, textured, JpegKind::Progressive), webp,
                              lossless, png_of(9, 5, textured, true)}) {
        for (std::size_t size = 0; size < whole.size(); ++size) take("cut", whole.substr(0, size));
        for (const auto* const tail :
             {"x", "<script>alert(1)</script>", "<?php system($_GET[0]); ?>", "PK\3\4", "\n"}) {
            take("something behind it", whole + tail);
            take("something before it", tail + whole);
        }
        take("two of them", whole + whole);
    }
    // Of every chunk: each byte of its length, type and checksum turned.
    for (std::size_t at = 8; at + 12 <= png.size();) {
        const auto length =
            static_cast<std::size_t>(static_cast<unsigned char>(png[at + 2])) * 256 +
            static_cast<unsigned char>(png[at + 3]);
        for (const std::size_t place : {at + 0, at + 1, at + 2, at + 3, at + 4, at + 5, at + 6,
                                        at + 7, at + 8 + length, at + 11 + length}) {
            auto turned = png;
            turned[place] = static_cast<char>(turned[place] ^ 0x20);
            take("a turned byte", turned);
        }
        at += length + 12;
    }
    const auto body = [](const std::string& whole, std::size_t magic) {
        return whole.substr(magic);
    };
    take("JPEG's magic before a PNG", "\xff\xd8\xff" + body(png, 3));
    take("PNG's magic before a JPEG", png.substr(0, 8) + body(jpeg, 8));
    take("WebP's magic before a PNG", webp.substr(0, 12) + body(png, 12));
    take("RIFF that is no WebP", webp.substr(0, 8) + "WAVE" + body(webp, 12));
}

void make_genuine_pictures(const TakePicture& take) {
    take("PNG", png_of(1'024, 1'024, textured));
    take("PNG with alpha", png_of(512, 512, textured, true));
    take("interlaced PNG",
         plain_png(512, 512, {.depth = 8, .color_type = 2, .interlaced = true}, true));
    take("the largest interlaced PNG",
         plain_png(3'238, 3'238, {.depth = 8, .color_type = 6, .interlaced = true}, true));
    take("JPEG", jpeg_of(1'024, 1'024, textured));
    take("progressive JPEG", jpeg_of(512, 512, textured, JpegKind::Progressive));
    take("WebP", webp_of(512, 512, textured));
    take("lossless WebP", webp_of(512, 512, textured, WebpKind::Lossless));
}

}  // namespace imagify::testing
