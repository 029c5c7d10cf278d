#include <gtest/gtest.h>
#include <webp/decode.h>

#include <cmath>

#include "adapters/picture/library_picture_inspector.hpp"
#include "unit/picture/picture_makers.hpp"

namespace imagify::testing {
namespace {

struct Thumbnail {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
    std::size_t size_bytes = 0;

    Rgba at(int x, int y) const {
        const auto i = static_cast<std::size_t>((y * width + x) * 4);
        return {rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]};
    }
};

Thumbnail thumbnail_of(const std::string& picture) {
    const auto facts = LibraryPictureInspector().inspect(as_bytes(picture));
    EXPECT_TRUE(facts) << (facts ? "" : facts.error().detail);
    if (!facts) return {};
    Thumbnail thumbnail{.rgba = {}, .size_bytes = facts->thumbnail.size()};
    auto* const pixels =
        WebPDecodeRGBA(reinterpret_cast<const std::uint8_t*>(facts->thumbnail.data()),
                       facts->thumbnail.size(), &thumbnail.width, &thumbnail.height);
    EXPECT_NE(pixels, nullptr);
    thumbnail.rgba.assign(pixels, pixels + thumbnail.width * thumbnail.height * 4);
    WebPFree(pixels);
    return thumbnail;
}

bool is_near(Rgba left, Rgba right) {
    return std::abs(left.red - right.red) < 12 && std::abs(left.green - right.green) < 12 &&
           std::abs(left.blue - right.blue) < 12 && std::abs(left.alpha - right.alpha) < 12;
}

/// A soft wave with some grain, like a photo and unlike a test card.
Rgba landscape(int x, int y) {
    const auto wave = 90 + 60 * std::sin(x / 70.0) * std::cos(y / 50.0) + (x * 31 + y * 17) % 9;
    return {static_cast<std::uint8_t>(wave), static_cast<std::uint8_t>(wave * 0.8),
            static_cast<std::uint8_t>(255 - wave)};
}

TEST(ThumbnailTest, TheLongestSideFitsTheFrame) {
    struct Case {
        int width, height, expected_width, expected_height;
    };
    for (const auto& one :
         {Case{1024, 1024, 384, 384}, Case{1344, 768, 384, 219}, Case{768, 1344, 219, 384},
          Case{385, 385, 384, 384}, Case{384, 100, 384, 100}, Case{4096, 3, 384, 1},
          Case{3, 4096, 1, 384}}) {
        const auto thumbnail = thumbnail_of(png_of(one.width, one.height, landscape));
        EXPECT_EQ(thumbnail.width, one.expected_width) << one.width << "x" << one.height;
        EXPECT_EQ(thumbnail.height, one.expected_height) << one.width << "x" << one.height;
    }
}

TEST(ThumbnailTest, ASmallPictureIsNotEnlarged) {
    const auto thumbnail = thumbnail_of(png_of(20, 10, landscape));

    EXPECT_EQ(thumbnail.width, 20);
    EXPECT_EQ(thumbnail.height, 10);
}

TEST(ThumbnailTest, ColoursStayWhereTheyWere) {
    const Rgba corners[] = {{200, 30, 30}, {30, 160, 30}, {30, 30, 200}, {220, 220, 40}};
    const auto quarters = [&](int x, int y) {
        return corners[(y < 500 ? 0 : 2) + (x < 500 ? 0 : 1)];
    };

    for (const auto& picture : {png_of(1000, 1000, quarters), jpeg_of(1000, 1000, quarters),
                                webp_of(1000, 1000, quarters)}) {
        const auto thumbnail = thumbnail_of(picture);
        EXPECT_TRUE(is_near(thumbnail.at(90, 90), corners[0]));
        EXPECT_TRUE(is_near(thumbnail.at(290, 90), corners[1]));
        EXPECT_TRUE(is_near(thumbnail.at(90, 290), corners[2]));
        EXPECT_TRUE(is_near(thumbnail.at(290, 290), corners[3]));
    }
}

TEST(ThumbnailTest, FineStripesAverageOut) {
    const auto stripes = [](int x, int) {
        return x % 2 == 0 ? Rgba{0, 0, 0} : Rgba{255, 255, 255};
    };

    const auto thumbnail = thumbnail_of(png_of(1536, 1536, stripes));

    for (const int x : {1, 100, 200, 382}) {
        EXPECT_TRUE(is_near(thumbnail.at(x, x), {128, 128, 128})) << x;
    }
}

TEST(ThumbnailTest, TransparencyStaysAndHidesNoColour) {
    // What is transparent is bright red underneath; none of it may bleed into the green.
    const auto scene = [](int x, int) { return x < 500 ? Rgba{255, 0, 0, 0} : Rgba{20, 160, 20}; };

    const auto thumbnail = thumbnail_of(png_of(1000, 1000, scene, true));
    const auto facts = LibraryPictureInspector().inspect(as_bytes(png_of(1000, 1000, scene, true)));

    EXPECT_LT(thumbnail.at(50, 100).alpha, 12);
    EXPECT_TRUE(is_near(thumbnail.at(300, 100), {20, 160, 20}));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->color, "#14a014");
}

TEST(ThumbnailTest, ATransparentNeighbourDoesNotColourAPixel) {
    // Columns of invisible red and visible green: each target pixel covers two of each.
    const auto scene = [](int x, int) {
        return x % 2 == 0 ? Rgba{255, 0, 0, 0} : Rgba{20, 160, 20};
    };

    const auto thumbnail = thumbnail_of(png_of(1536, 1536, scene, true));

    for (const int x : {1, 100, 382}) {
        EXPECT_TRUE(is_near(thumbnail.at(x, x), {20, 160, 20, 128})) << x;
    }
}

TEST(ThumbnailTest, AWhollyTransparentPictureIsWhite) {
    const auto facts =
        LibraryPictureInspector().inspect(as_bytes(png_of(50, 50, plain({9, 9, 9, 0}), true)));

    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->color, "#ffffff");
}

TEST(ThumbnailTest, IsSmall) {
    EXPECT_LT(thumbnail_of(png_of(1024, 1024, landscape)).size_bytes, 20U * 1024U);
}

}  // namespace
}  // namespace imagify::testing
