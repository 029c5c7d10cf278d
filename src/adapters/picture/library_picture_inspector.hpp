#pragma once

#include "ports/picture_inspector.hpp"

namespace imagify {

/// Decodes with libpng, libjpeg-turbo and libwebp, row by row where the format allows it: a picture
/// that arrives in order is never held whole. Interlaced, progressive and lossless WebP pictures
/// need all their pixels at once; over kDecodeBudgetBytes of them are refused.
/// Also Unavailable `picture.no_memory`: the machine has no memory left.
class LibraryPictureInspector final : public PictureInspector {
public:
    Result<PictureFacts> inspect(std::span<const std::byte> bytes) const override;
};

}  // namespace imagify
