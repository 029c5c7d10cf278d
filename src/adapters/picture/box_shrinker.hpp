#pragma once

#include <span>
#include <vector>

#include "adapters/picture/decoded.hpp"

namespace imagify::picture {

/// Shrinks a picture to thumbnail size while its rows pass by, top to bottom. Each target pixel is
/// the average of the exact area that it covers; transparent pixels do not colour their neighbours.
class BoxShrinker {
public:
    /// channels: 3 or 4. Both sides are at least 1.
    BoxShrinker(int width_px, int height_px, int channels);

    /// The next row, width_px * channels bytes. Exactly height_px rows are added.
    void add_row(std::span<const std::uint8_t> row);

    /// The small picture, once all rows were added.
    Pixels take() { return std::move(target_); }

private:
    void accumulate(std::span<const std::uint8_t> row, float weight);
    void finish_target_row();

    int source_width_;
    int source_height_;
    std::size_t channels_;
    Pixels target_;
    int source_row_ = 0;
    int target_row_ = 0;
    /// Weighted sums over the source rows of the target row in progress, at source width.
    std::vector<float> column_sums_;
    std::vector<std::uint8_t> premultiplied_;
};

}  // namespace imagify::picture
