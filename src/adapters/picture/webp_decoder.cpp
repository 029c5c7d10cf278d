#include <webp/decode.h>

#include "adapters/picture/decoders.hpp"
#include "base/mutant.hpp"

namespace imagify::picture {
namespace {

constexpr std::size_t kRiffHeaderBytes = 8;
// WebPBitstreamFeatures::format of the lossless coder, which decodes into one ARGB buffer.
constexpr int kLossless = 2;

std::size_t riff_size(std::span<const std::byte> bytes) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size |= std::to_integer<std::size_t>(bytes[4 + i]) << 8 * i;
    return size;
}

// Lets libwebp shrink while it decodes, so that the full picture is never in memory (lossy), or
// only once (lossless).
bool decode_small(std::span<const std::uint8_t> bytes, Pixels& small) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return false;
    config.options.use_scaling = 1;
    config.options.scaled_width = small.width_px;
    config.options.scaled_height = small.height_px;
    config.output.colorspace = small.channels == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {.rgba = small.bytes.data(),
                            .stride = small.width_px * small.channels,
                            .size = small.bytes.size()};
    const bool decoded = WebPDecode(bytes.data(), bytes.size(), &config) == VP8_STATUS_OK;
    WebPFreeDecBuffer(&config.output);
    return decoded;
}

}  // namespace

Result<Decoded> decode_webp(std::span<const std::byte> bytes) {
    const std::span file(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    if (bytes.size() < kRiffHeaderBytes ||
        (riff_size(bytes) + kRiffHeaderBytes != bytes.size() && !MUTANT("parse.webp_tail"))) {
        return invalid_picture("WebP: truncated, or bytes after the end");
    }
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(file.data(), file.size(), &features) != VP8_STATUS_OK) {
        return invalid_picture("WebP: bad header");
    }
    if (features.has_animation != 0) return invalid_picture("WebP: animated");
    const auto width = static_cast<std::size_t>(features.width);
    const auto height = static_cast<std::size_t>(features.height);
    if (!has_legal_sides(width, height)) return invalid_picture("WebP: sides");
    if (features.format == kLossless && width * height * 4 > kDecodeBudgetBytes) {
        return invalid_picture("WebP: lossless and over the memory budget");
    }
    auto small = thumbnail_frame(features.width, features.height);
    small.channels = features.has_alpha != 0 ? 4 : 3;
    small.bytes.resize(static_cast<std::size_t>(small.width_px) *
                       static_cast<std::size_t>(small.height_px) *
                       static_cast<std::size_t>(small.channels));
    if (!decode_small(file, small)) return invalid_picture("WebP: bad data");
    return Decoded{
        .width_px = features.width, .height_px = features.height, .small = std::move(small)};
}

}  // namespace imagify::picture
