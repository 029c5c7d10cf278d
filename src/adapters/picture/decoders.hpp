#pragma once

#include <span>

#include "adapters/picture/decoded.hpp"

namespace imagify::picture {

/// Each decodes the whole of `bytes`, which must be one still picture of its format and nothing
/// else. Thread-safe. Errors: BadUpstream `picture.invalid`. May throw std::bad_alloc.
Result<Decoded> decode_png(std::span<const std::byte> bytes);
Result<Decoded> decode_jpeg(std::span<const std::byte> bytes);
Result<Decoded> decode_webp(std::span<const std::byte> bytes);

/// WebP of quality 80. Throws std::bad_alloc.
std::vector<std::byte> encode_thumbnail(const Pixels& pixels);

}  // namespace imagify::picture
