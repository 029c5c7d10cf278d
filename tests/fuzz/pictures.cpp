#include <png.h>
#include <webp/decode.h>

#include <zlib.h>
#include <algorithm>

#include "adapters/picture/library_picture_inspector.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "unit/picture/picture_makers.hpp"

namespace imagify::fuzz {
namespace {

// What is larger costs more time than it can teach; bombs are ./test security's.
constexpr std::size_t kPixelsMax = std::size_t{1} << 17U;

struct Sides {
    std::size_t width = 0;
    std::size_t height = 0;
};

std::size_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

bool is_worth(const Sides& sides) { return sides.width * sides.height <= kPixelsMax; }

bool is_color(std::string_view text) {
    return text.size() == 7 && text[0] == '#' &&
           text.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
}

bool accepts(std::string_view bytes, std::string_view mime, const Sides& sides) {
    const LibraryPictureInspector inspector;
    const auto facts = inspector.inspect(std::as_bytes(std::span(bytes)));
    if (!facts) return false;
    require(facts->mime == mime, "the type of its bytes");
    require(static_cast<std::size_t>(facts->width_px) == sides.width &&
                static_cast<std::size_t>(facts->height_px) == sides.height,
            "the sides of its header");
    require(is_color(facts->color), "a colour");
    int width = 0;
    int height = 0;
    const auto* const thumbnail = reinterpret_cast<const std::uint8_t*>(facts->thumbnail.data());
    require(WebPGetInfo(thumbnail, facts->thumbnail.size(), &width, &height) == 1,
            "the thumbnail is a picture");
    require(std::max(width, height) <= kThumbnailSide, "a small thumbnail");
    return true;
}

// With a checksum that is right, what is behind it gets read.
void put_checksums_right(std::string& png) {
    for (std::size_t at = 8; at + 12 <= png.size();) {
        const auto length = big_endian(png, at, 4);
        if (length > png.size() - at - 12) return;
        const auto sum = crc32(0, reinterpret_cast<const Bytef*>(png.data() + at + 4),
                               static_cast<uInt>(length + 4));
        for (std::size_t i = 0; i < 4; ++i) {
            png[at + 8 + length + i] = static_cast<char>(sum >> (24 - 8 * i));
        }
        at += 12 + length;
    }
}

// The first frame header (SOF0 to SOF15 but for DHT, JPG and DAC) of a JPEG.
Sides jpeg_sides(std::string_view bytes) {
    for (std::size_t at = 2; at + 9 < bytes.size();) {
        if (bytes[at] != '\xff') {
            ++at;
            continue;
        }
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
            marker != 0xcc) {
            return {big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2)};
        }
        const bool has_length =
            marker >= 0xc0 && marker != 0xff && (marker < 0xd0 || marker > 0xd9);
        at += has_length ? 2 + std::max<std::size_t>(big_endian(bytes, at + 2, 2), 2)
                         : (marker == 0xff ? 1 : 2);
    }
    return {};
}

std::vector<std::string> with_tail(std::vector<std::string> seeds) {
    seeds.push_back(seeds.front() + "tail");
    return seeds;
}

}  // namespace

std::vector<std::string> png_seeds() {
    auto seeds = with_tail(
        {testing::assemble_png(testing::small_png_parts()),
         testing::png_of(9, 5, testing::textured), testing::png_of(4, 4, testing::textured, true),
         testing::plain_png(7, 3, {.depth = 8, .color_type = 2, .interlaced = true}, false),
         testing::plain_png(7, 3, {.depth = 1, .color_type = 0}, true)});
    for (auto& seed : seeds) seed.insert(seed.begin(), 'c');
    return seeds;
}

std::vector<std::string> jpeg_seeds() {
    using enum testing::JpegKind;
    return with_tail({testing::jpeg_of(8, 8, testing::textured, Baseline),
                      testing::jpeg_of(17, 9, testing::textured, Progressive),
                      testing::jpeg_of(8, 8, testing::textured, Gray)});
}

std::vector<std::string> webp_seeds() {
    using enum testing::WebpKind;
    return with_tail({testing::webp_of(8, 8, testing::textured, Lossy),
                      testing::webp_of(17, 9, testing::textured, Lossless)});
}

void inspect_png(std::string_view input) {
    if (input.empty()) return;
    std::string bytes(input.substr(1));
    if (input[0] % 2 == 1) put_checksums_right(bytes);
    const Sides sides{big_endian(bytes, 16, 4), big_endian(bytes, 20, 4)};
    if (!is_worth(sides) || !accepts(bytes, "image/png", sides)) return;
    constexpr std::string_view kEnd("\0\0\0\0IEND\xae\x42\x60\x82", 12);
    require(bytes.ends_with(kEnd), "it ends with its end");
    png_image second{};
    second.version = PNG_IMAGE_VERSION;
    require(png_image_begin_read_from_memory(&second, bytes.data(), bytes.size()) != 0,
            "libpng's simple reader takes the head");
    require(second.width == sides.width && second.height == sides.height, "the same sides");
    png_image_free(&second);
}

void inspect_jpeg(std::string_view input) {
    const auto sides = jpeg_sides(input);
    if (!is_worth(sides) || !accepts(input, "image/jpeg", sides)) return;
    require(input.ends_with("\xff\xd9"), "it ends with its end");
}

void inspect_webp(std::string_view input) {
    int width = 0;
    int height = 0;
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(input.data());
    if (WebPGetInfo(bytes, input.size(), &width, &height) == 0) width = height = 0;
    const Sides sides{static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
    if (!is_worth(sides) || !accepts(input, "image/webp", sides)) return;
    std::size_t said = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        said |= static_cast<std::size_t>(static_cast<unsigned char>(input[4 + i])) << 8 * i;
    }
    require(said + 8 == input.size(), "as long as it says");
}

}  // namespace imagify::fuzz
