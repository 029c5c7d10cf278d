#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace imagify {

/// ClipDrop: "prompt ... max 1000 characters"; counted in Unicode code points.
inline constexpr std::size_t kPromptMaxCodePoints = 1'000;

/// Nothing when the prompt may be painted, else "required", "too_long" or "invalid" (not UTF-8, or
/// control characters other than tab and line ends).
std::optional<std::string> prompt_problem(std::string_view prompt);

/// The prompt without white space at its ends.
std::string_view trim(std::string_view text);

/// The frame of a picture.
enum class AspectRatio { Square, Portrait3x4, Landscape4x3, Landscape16x9, Portrait9x16 };

/// "1:1", "3:4", "4:3", "16:9", "9:16".
std::string_view to_text(AspectRatio ratio);
std::optional<AspectRatio> parse_aspect_ratio(std::string_view text);

struct PixelSize {
    int width_px = 0;
    int height_px = 0;
    bool operator==(const PixelSize&) const = default;
};

/// About one megapixel in each frame, both sides multiples of 32 (what diffusion models take).
PixelSize pixel_size(AspectRatio ratio);

/// What somebody asks a painter to paint.
struct PictureOrder {
    std::string prompt;
    AspectRatio aspect_ratio = AspectRatio::Square;
    std::string style = "none";
    std::uint32_t seed = 0;
    std::string negative_prompt{};
    bool operator==(const PictureOrder&) const = default;
};

}  // namespace imagify
