#include "adapters/picture/box_shrinker.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace imagify::picture {
namespace {

std::uint8_t to_byte(float value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

// Colour times alpha, so that averages weigh a pixel by how much of it is seen.
void premultiply(std::span<const std::uint8_t> rgba, std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
        const unsigned alpha = rgba[i + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            out[i + c] = static_cast<std::uint8_t>((rgba[i + c] * alpha + 127U) / 255U);
        }
        out[i + 3] = rgba[i + 3];
    }
}

}  // namespace

Pixels thumbnail_frame(int width_px, int height_px) {
    const int longest = std::max(width_px, height_px);
    if (longest <= kThumbnailSide) return {.width_px = width_px, .height_px = height_px};
    const auto fit = [longest](int side) {
        return std::max(1, (side * kThumbnailSide + longest / 2) / longest);
    };
    return {.width_px = fit(width_px), .height_px = fit(height_px)};
}

BoxShrinker::BoxShrinker(int width_px, int height_px, int channels)
    : source_width_(width_px),
      source_height_(height_px),
      channels_(static_cast<std::size_t>(channels)),
      target_(thumbnail_frame(width_px, height_px)),
      column_sums_(static_cast<std::size_t>(width_px) * channels_) {
    target_.channels = channels;
    target_.bytes.reserve(static_cast<std::size_t>(target_.width_px) *
                          static_cast<std::size_t>(target_.height_px) * channels_);
    if (channels_ == 4) premultiplied_.resize(column_sums_.size());
}

void BoxShrinker::add_row(std::span<const std::uint8_t> row) {
    if (channels_ == 4) {
        premultiply(row, premultiplied_);
        row = premultiplied_;
    }
    // In units of 1/(source height * target height) of the picture, one source row covers
    // [top, top + target height) and one target row is source height long.
    const int top = source_row_ * target_.height_px;
    const int bottom = top + target_.height_px;
    for (int from = top; from < bottom;) {
        const int target_end = (target_row_ + 1) * source_height_;
        const int to = std::min(bottom, target_end);
        accumulate(row, static_cast<float>(to - from));
        if (to == target_end) finish_target_row();
        from = to;
    }
    ++source_row_;
}

void BoxShrinker::accumulate(std::span<const std::uint8_t> row, float weight) {
    float* const sums = column_sums_.data();
    const std::uint8_t* const bytes = row.data();
    const std::size_t count = column_sums_.size();
    for (std::size_t i = 0; i < count; ++i) sums[i] += weight * static_cast<float>(bytes[i]);
}

void BoxShrinker::finish_target_row() {
    const float area = static_cast<float>(source_width_) * static_cast<float>(source_height_);
    int column = 0;
    for (int x = 0; x < target_.width_px; ++x) {
        std::array<float, 4> sum{};
        // As for rows: a source column is target width long, a target column source width.
        const int end = (x + 1) * source_width_;
        for (int from = x * source_width_; from < end;) {
            const int to = std::min(end, (column + 1) * target_.width_px);
            const auto* const source = &column_sums_[static_cast<std::size_t>(column) * channels_];
            for (std::size_t c = 0; c < channels_; ++c) {
                sum[c] += static_cast<float>(to - from) * source[c];
            }
            if (to == (column + 1) * target_.width_px) ++column;
            from = to;
        }
        const float alpha = channels_ == 4 ? sum[3] / 255.0F : area;
        for (std::size_t c = 0; c < 3; ++c) {
            target_.bytes.push_back(alpha > 0 ? to_byte(sum[c] / alpha) : 255);
        }
        if (channels_ == 4) target_.bytes.push_back(to_byte(sum[3] / area));
    }
    std::ranges::fill(column_sums_, 0.0F);
    ++target_row_;
}

}  // namespace imagify::picture
