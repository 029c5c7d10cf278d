#include <gtest/gtest.h>
#include <png.h>

#include "adapters/picture/library_picture_inspector.hpp"
#include "unit/picture/picture_makers.hpp"

namespace imagify::testing {
namespace {

const LibraryPictureInspector inspector;

bool is_refused(const std::string& bytes) {
    const auto facts = inspector.inspect(as_bytes(bytes));
    return !facts && facts.error().kind == ErrorKind::BadUpstream &&
           facts.error().code == "picture.invalid";
}

TEST(PngInspectionTest, ReportsTypeSizeAndColour) {
    const auto facts = inspector.inspect(as_bytes(png_of(640, 480, plain({200, 100, 50}))));

    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_EQ(facts->mime, "image/png");
    EXPECT_EQ(facts->width_px, 640);
    EXPECT_EQ(facts->height_px, 480);
    EXPECT_EQ(facts->color, "#c86432");
    EXPECT_FALSE(facts->thumbnail.empty());
}

TEST(PngInspectionTest, TakesEveryColourTypeDepthAndOrderOfRows) {
    const std::vector<std::pair<int, std::vector<int>>> kinds = {
        {PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}}, {PNG_COLOR_TYPE_RGB, {8, 16}},
        {PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}},  {PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}},
        {PNG_COLOR_TYPE_RGBA, {8, 16}},
    };
    for (const auto& [color_type, depths] : kinds) {
        for (const int depth : depths) {
            for (const bool interlaced : {false, true}) {
                const PngKind kind{depth, color_type, interlaced};
                const auto facts = inspector.inspect(as_bytes(plain_png(37, 29, kind, true)));
                ASSERT_TRUE(facts) << color_type << "/" << depth << ": " << facts.error().detail;
                EXPECT_EQ(facts->color, "#ffffff") << color_type << "/" << depth;
                EXPECT_EQ(facts->width_px, 37);
            }
        }
    }
}

TEST(PngInspectionTest, InterlacedAndPlainGiveTheSamePixels) {
    const auto black = inspector.inspect(as_bytes(plain_png(500, 40, {8, 2, false}, false)));
    const auto woven = inspector.inspect(as_bytes(plain_png(500, 40, {8, 2, true}, false)));

    ASSERT_TRUE(black && woven);
    EXPECT_EQ(black->color, "#000000");
    EXPECT_EQ(black->thumbnail, woven->thumbnail);
}

TEST(PngInspectionTest, RefusesAPictureCutAnywhere) {
    auto parts = small_png_parts();
    parts.before_data = png_chunk("tEXt", std::string("Title\0hello", 11));
    const auto whole = assemble_png(parts);
    ASSERT_FALSE(is_refused(whole));

    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_TRUE(is_refused(whole.substr(0, length))) << "at " << length;
    }
}

TEST(PngInspectionTest, RefusesEverySingleBitFlip) {
    auto parts = small_png_parts();
    parts.before_data = png_chunk("gAMA", std::string("\0\0\xb1\x8f", 4)) +
                        png_chunk("tEXt", std::string("Title\0hello", 11));
    parts.after_data = png_chunk("tIME", std::string("\x07\xea\x0b\x17\x01\x02\x03", 7));
    const auto whole = assemble_png(parts);
    ASSERT_FALSE(is_refused(whole));

    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        auto flipped = whole;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        EXPECT_TRUE(is_refused(flipped)) << "byte " << bit / 8;
    }
}

TEST(PngInspectionTest, RefusesBytesAfterTheEnd) {
    const auto picture = assemble_png(small_png_parts());

    EXPECT_TRUE(is_refused(picture + '\0'));
    EXPECT_TRUE(is_refused(picture + "<script>alert(1)</script>"));
    EXPECT_TRUE(is_refused(picture + "PK\x03\x04 zip"));
    EXPECT_TRUE(is_refused(picture + picture));
}

TEST(PngInspectionTest, SidesUpToTheLimitAreTaken) {
    EXPECT_FALSE(is_refused(plain_png(kPictureMaxSide, 1, {}, true)));
    EXPECT_FALSE(is_refused(plain_png(1, kPictureMaxSide, {}, true)));
    EXPECT_TRUE(is_refused(plain_png(kPictureMaxSide + 1, 1, {}, true)));
    EXPECT_TRUE(is_refused(plain_png(1, kPictureMaxSide + 1, {}, true)));
}

TEST(PngInspectionTest, RefusesWhatIsNoPicture) {
    for (const std::string bytes :
         {"", "\x89", "\x89PNG\r\n\x1a\n", "GIF89a\1\0\1\0", "<svg xmlns='x'/>",
          "{\"error\":\"x\"}", "<html><body>Bad gateway</body></html>", "BM", "%PDF-1.7",
          "\xff\xd8", "RIFF"}) {
        EXPECT_TRUE(is_refused(bytes)) << bytes;
    }
}

TEST(PngInspectionTest, SeveralThreadsAgree) {
    const auto picture = png_of(300, 300, textured);
    const auto expected = inspector.inspect(as_bytes(picture));
    ASSERT_TRUE(expected);

    std::atomic<int> equal = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                const auto facts = inspector.inspect(as_bytes(picture));
                equal += facts && facts->thumbnail == expected->thumbnail ? 1 : 0;
            });
        }
    }

    EXPECT_EQ(equal, 4);
}

}  // namespace
}  // namespace imagify::testing
