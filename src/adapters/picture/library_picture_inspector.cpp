#include "adapters/picture/library_picture_inspector.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

#include "adapters/picture/decoders.hpp"

namespace imagify {
namespace {

using namespace std::string_view_literals;

struct Format {
    std::string_view mime;
    std::string_view magic;
    /// More magic, at this offset.
    std::size_t offset;
    std::string_view more_magic;
    Result<picture::Decoded> (*decode)(std::span<const std::byte>);

    bool matches(std::string_view bytes) const {
        return bytes.starts_with(magic) &&
               bytes.substr(std::min(offset, bytes.size())).starts_with(more_magic);
    }
};

constexpr Format kFormats[] = {
    {"image/png", "\x89PNG\r\n\x1a\n"sv, 0, ""sv, picture::decode_png},
    {"image/jpeg", "\xff\xd8\xff"sv, 0, ""sv, picture::decode_jpeg},
    {"image/webp", "RIFF"sv, 8, "WEBP"sv, picture::decode_webp},
};

std::string average_color(const picture::Pixels& pixels) {
    const auto channels = static_cast<std::size_t>(pixels.channels);
    std::array<std::uint64_t, 3> sum{};
    std::uint64_t weight = 0;
    for (std::size_t i = 0; i + channels <= pixels.bytes.size(); i += channels) {
        const std::uint64_t alpha = channels == 4 ? pixels.bytes[i + 3] : 255;
        for (std::size_t c = 0; c < 3; ++c) sum[c] += alpha * pixels.bytes[i + c];
        weight += alpha;
    }
    if (weight == 0) return "#ffffff";
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string color = "#";
    for (const auto total : sum) {
        const auto mean = (total + weight / 2) / weight;
        color += kDigits[mean >> 4U];
        color += kDigits[mean & 15U];
    }
    return color;
}

}  // namespace

Result<PictureFacts> LibraryPictureInspector::inspect(std::span<const std::byte> bytes) const {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto* const format =
        std::ranges::find_if(kFormats, [text](const Format& one) { return one.matches(text); });
    if (format == std::end(kFormats)) return picture::invalid_picture("neither PNG, JPEG nor WebP");
    try {
        const auto decoded = format->decode(bytes);
        if (!decoded) return std::unexpected(decoded.error());
        return PictureFacts{.mime = std::string(format->mime),
                            .width_px = decoded->width_px,
                            .height_px = decoded->height_px,
                            .color = average_color(decoded->small),
                            .thumbnail = picture::encode_thumbnail(decoded->small)};
    } catch (const std::bad_alloc&) {
        return fail(ErrorKind::Unavailable, "picture.no_memory");
    }
}

}  // namespace imagify
