#pragma once

#include <cstddef>
#include <span>

namespace imagify::picture {

/// What libpng skips, but whoever shows the picture may not: an animation, text and profiles that
/// unpack to more than any picture needs, chunks without number. Nothing when a PNG has none of it;
/// what is malformed is left to libpng.
const char* chunk_objection(std::span<const std::byte> png);

}  // namespace imagify::picture
