#include "unit/picture/picture_makers.hpp"

#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include <array>
#include <cstdio>

#include <jpeglib.h>

namespace imagify::testing {
namespace {

std::string big_endian(std::uint32_t number) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 255U);
    return text;
}

std::vector<std::uint8_t> render(int width, int height, const Scene& scene, int channels) {
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto color = scene(x, y);
            pixels.insert(pixels.end(), {color.red, color.green, color.blue});
            if (channels == 4) pixels.push_back(color.alpha);
        }
    }
    return pixels;
}

void append_to_string(png_structp png, png_bytep bytes, std::size_t length) {
    static_cast<std::string*>(png_get_io_ptr(png))
        ->append(reinterpret_cast<const char*>(bytes), length);
}

// Rows of `row_bytes` each, in the layout that `kind` says.
std::string write_png(int width, int height, PngKind kind, std::vector<std::uint8_t> pixels) {
    std::string out;
    auto* png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    auto* info = png_create_info_struct(png);
    png_set_write_fn(png, &out, append_to_string, nullptr);
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height),
                 kind.depth, kind.color_type, kind.interlaced ? PNG_INTERLACE_ADAM7 : 0, 0, 0);
    const std::array<png_color, 2> palette{png_color{0, 0, 0}, png_color{255, 255, 255}};
    if (kind.color_type == PNG_COLOR_TYPE_PALETTE) png_set_PLTE(png, info, palette.data(), 2);
    png_write_info(png, info);
    const auto row_bytes = png_get_rowbytes(png, info);
    pixels.resize(row_bytes * static_cast<std::size_t>(height));
    std::vector<png_bytep> rows;
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        rows.push_back(&pixels[y * row_bytes]);
    }
    png_write_image(png, rows.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

// One scan for each of the 64 coefficients: legal, and far more than any encoder makes.
std::array<jpeg_scan_info, 64> one_scan_each() {
    std::array<jpeg_scan_info, 64> scans{};
    for (int i = 0; i < 64; ++i) {
        auto& scan = scans[static_cast<std::size_t>(i)];
        scan.comps_in_scan = 1;
        scan.Ss = scan.Se = i;
    }
    return scans;
}

void choose_color_space(jpeg_compress_struct& info, JpegKind kind) {
    const bool gray = kind == JpegKind::Gray || kind == JpegKind::ManyScans;
    info.input_components = kind == JpegKind::Cmyk ? 4 : gray ? 1 : 3;
    info.in_color_space = kind == JpegKind::Cmyk ? JCS_CMYK : gray ? JCS_GRAYSCALE : JCS_RGB;
}

}  // namespace

Rgba textured(int x, int y) {
    const auto mix = static_cast<unsigned>(x * 73 + y * 151 + x * y);
    return {static_cast<std::uint8_t>(mix), static_cast<std::uint8_t>(mix * 3),
            static_cast<std::uint8_t>(x * 8 + y * 4)};
}

std::string png_chunk(std::string_view type, std::string_view data) {
    const std::string body = std::string(type) + std::string(data);
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big_endian(static_cast<std::uint32_t>(data.size())) + body +
           big_endian(static_cast<std::uint32_t>(crc));
}

std::string deflated(std::string_view bytes) {
    auto length = compressBound(bytes.size());
    std::string out(length, '\0');
    compress2(reinterpret_cast<Bytef*>(out.data()), &length,
              reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
    out.resize(length);
    return out;
}

std::string assemble_png(const PngParts& parts) {
    std::string head = big_endian(parts.width) + big_endian(parts.height);
    for (const int byte : {int{parts.depth}, int{parts.color_type}, 0, 0, int{parts.interlace}}) {
        head += static_cast<char>(byte);
    }
    return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", head) + parts.before_data +
           png_chunk("IDAT", deflated(parts.scanlines)) + parts.after_data + png_chunk("IEND", "");
}

PngParts small_png_parts() {
    PngParts parts;
    for (int y = 0; y < 8; ++y) {
        parts.scanlines += '\0';
        for (int x = 0; x < 8; ++x) {
            const auto color = textured(x, y);
            for (const auto value : {color.red, color.green, color.blue}) {
                parts.scanlines += static_cast<char>(value);
            }
        }
    }
    return parts;
}

std::string plain_png(int width, int height, PngKind kind, bool white) {
    // All bits set is white and opaque in every kind but the palette, whose index 1 is white.
    std::uint8_t fill = white ? 255 : 0;
    if (kind.color_type == PNG_COLOR_TYPE_PALETTE && white) {
        fill = static_cast<std::uint8_t>(255 / ((1 << kind.depth) - 1));
    }
    const auto most = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 8;
    return write_png(width, height, kind, std::vector<std::uint8_t>(most, fill));
}

std::string png_of(int width, int height, const Scene& scene, bool with_alpha) {
    const PngKind kind{.color_type = with_alpha ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB};
    return write_png(width, height, kind, render(width, height, scene, with_alpha ? 4 : 3));
}

std::string jpeg_of(int width, int height, const Scene& scene, JpegKind kind) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* memory = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &memory, &size);
    info.image_width = static_cast<JDIMENSION>(width);
    info.image_height = static_cast<JDIMENSION>(height);
    choose_color_space(info, kind);
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 90, TRUE);
    const auto scans = one_scan_each();
    if (kind == JpegKind::Progressive) {
        for (int i = 0; i < 3; ++i) info.comp_info[i].h_samp_factor = 1;
        for (int i = 0; i < 3; ++i) info.comp_info[i].v_samp_factor = 1;
        jpeg_simple_progression(&info);
    } else if (kind == JpegKind::ManyScans) {
        info.scan_info = scans.data();
        info.num_scans = static_cast<int>(scans.size());
    }
    jpeg_start_compress(&info, TRUE);
    // Gray and CMYK take any bytes as their samples.
    auto pixels = render(width, height, scene, 4);
    if (info.input_components == 3) pixels = render(width, height, scene, 3);
    while (info.next_scanline < info.image_height) {
        const auto row_bytes = static_cast<std::size_t>(width * info.input_components);
        JSAMPROW row = &pixels[info.next_scanline * row_bytes];
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string out(reinterpret_cast<const char*>(memory), size);
    free(memory);
    return out;
}

std::string webp_of(int width, int height, const Scene& scene, WebpKind kind) {
    const auto pixels = render(width, height, scene, 4);
    std::uint8_t* memory = nullptr;
    const auto size = kind == WebpKind::Lossless
                          ? WebPEncodeLosslessRGBA(pixels.data(), width, height, width * 4, &memory)
                          : WebPEncodeRGBA(pixels.data(), width, height, width * 4, 90, &memory);
    std::string out(reinterpret_cast<const char*>(memory), size);
    WebPFree(memory);
    return out;
}

}  // namespace imagify::testing
