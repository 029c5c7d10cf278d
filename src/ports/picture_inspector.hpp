#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace imagify {

inline constexpr int kPictureMaxSide = 4096;
inline constexpr int kThumbnailSide = 384;

/// What a valid picture is, and its small copy.
struct PictureFacts {
    /// "image/png", "image/jpeg" or "image/webp", by the bytes and not by what anybody says.
    std::string mime;
    int width_px = 0;
    int height_px = 0;
    /// Average colour, "#rrggbb": what a page shows until the picture is there.
    std::string color;
    /// WebP, longest side at most kThumbnailSide.
    std::vector<std::byte> thumbnail;
};

/// Decides whether bytes from outside are a picture. Pure CPU: call it on a Worker. Safe from
/// several threads.
class PictureInspector {
public:
    virtual ~PictureInspector() = default;

    /// Decodes all of it within a memory budget.
    /// Errors: BadUpstream `picture.invalid` (not PNG, JPEG or WebP; truncated; bad checksum;
    /// trailing bytes; sides of 0 or over kPictureMaxSide).
    virtual Result<PictureFacts> inspect(std::span<const std::byte> bytes) const = 0;
};

}  // namespace imagify
