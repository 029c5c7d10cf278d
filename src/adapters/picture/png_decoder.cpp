#include <png.h>

#include <csetjmp>
#include <cstring>
#include <optional>

#include "adapters/picture/box_shrinker.hpp"
#include "adapters/picture/decoders.hpp"
#include "adapters/picture/png_chunks.hpp"
#include "base/mutant.hpp"

namespace imagify::picture {
namespace {

// No chunk that we need is larger, except IDAT, which libpng limits by the size of the picture.
constexpr png_alloc_size_t kChunkMaxBytes = 64 * 1024;

// Skipped unread (but for their checksum): none changes the pixels, several can hold a bomb.
constexpr char kSkippedChunks[] =
    "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0"
    "tIME\0zTXt";
constexpr int kSkippedChunkCount = static_cast<int>(sizeof(kSkippedChunks) / 5);

// libpng reports errors by longjmp. All state is in here, so that the functions which call
// setjmp have nothing to destroy.
struct PngReading {
    std::span<const std::byte> rest;
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::string problem;
    int passes = 1;
    std::size_t row_bytes = 0;
    Decoded decoded;
    std::vector<std::uint8_t> pixels;
    std::vector<png_bytep> rows;
    std::optional<BoxShrinker> shrinker;

    explicit PngReading(std::span<const std::byte> bytes) : rest(bytes) { problem.reserve(128); }
    PngReading(const PngReading&) = delete;
    PngReading& operator=(const PngReading&) = delete;
    ~PngReading() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
    static_cast<PngReading*>(png_get_error_ptr(png))->problem.assign(message);
    png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}

void on_read(png_structp png, png_bytep target, std::size_t length) {
    auto& rest = static_cast<PngReading*>(png_get_io_ptr(png))->rest;
    if (length > rest.size()) png_error(png, "truncated");
    std::memcpy(target, rest.data(), length);
    rest = rest.subspan(length);
}

void set_limits(png_structp png) {
    png_set_user_limits(png, kPictureMaxSide, kPictureMaxSide);
    png_set_chunk_cache_max(png, 1);
    png_set_chunk_malloc_max(png, kChunkMaxBytes);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_set_benign_errors(png, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER,
                                reinterpret_cast<png_const_bytep>(kSkippedChunks),
                                kSkippedChunkCount);
}

// Reads up to the first IDAT and asks for 8-bit RGB, with alpha only where there is some.
bool read_head(PngReading& reading) {
    if (setjmp(png_jmpbuf(reading.png)) != 0) return false;
    set_limits(reading.png);
    png_set_read_fn(reading.png, &reading, on_read);
    png_read_info(reading.png, reading.info);
    reading.decoded.width_px = static_cast<int>(png_get_image_width(reading.png, reading.info));
    reading.decoded.height_px = static_cast<int>(png_get_image_height(reading.png, reading.info));
    png_set_expand(reading.png);
    png_set_strip_16(reading.png);
    png_set_gray_to_rgb(reading.png);
    reading.passes = png_set_interlace_handling(reading.png);
    png_read_update_info(reading.png, reading.info);
    reading.row_bytes = png_get_rowbytes(reading.png, reading.info);
    return true;
}

// One row of memory for a picture that arrives in order, all of it for an interlaced one.
bool allocate(PngReading& reading) {
    const auto height = static_cast<std::size_t>(reading.decoded.height_px);
    const std::size_t kept_rows = reading.passes == 1 ? 1 : height;
    if (reading.row_bytes * kept_rows > kDecodeBudgetBytes) return false;
    reading.pixels.resize(reading.row_bytes * kept_rows);
    for (std::size_t y = 0; y < height; ++y) {
        reading.rows.push_back(&reading.pixels[reading.row_bytes * (kept_rows == 1 ? 0 : y)]);
    }
    reading.shrinker.emplace(reading.decoded.width_px, reading.decoded.height_px,
                             png_get_channels(reading.png, reading.info));
    return true;
}

bool read_pixels(PngReading& reading) {
    if (setjmp(png_jmpbuf(reading.png)) != 0) return false;
    for (int pass = 1; pass <= reading.passes; ++pass) {
        for (auto* const row : reading.rows) {
            png_read_row(reading.png, row, nullptr);
            if (pass == reading.passes) reading.shrinker->add_row({row, reading.row_bytes});
        }
    }
    png_read_end(reading.png, nullptr);
    return true;
}

}  // namespace

Result<Decoded> decode_png(std::span<const std::byte> bytes) {
    if (const auto* const reason = chunk_objection(bytes)) {
        return invalid_picture(std::string("PNG: ") + reason);
    }
    PngReading reading(bytes);
    reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, on_error, on_warning);
    if (reading.png != nullptr) reading.info = png_create_info_struct(reading.png);
    if (reading.info == nullptr) throw std::bad_alloc();
    if (!read_head(reading)) return invalid_picture("PNG: " + reading.problem);
    if (!allocate(reading)) return invalid_picture("PNG: interlaced and over the memory budget");
    if (!read_pixels(reading)) return invalid_picture("PNG: " + reading.problem);
    if (!reading.rest.empty() && !MUTANT("parse.png_tail"))
        return invalid_picture("PNG: bytes after the end");
    reading.decoded.small = reading.shrinker->take();
    return std::move(reading.decoded);
}

}  // namespace imagify::picture
