#include <gtest/gtest.h>

#include <random>

#include "adapters/picture/library_picture_inspector.hpp"
#include "unit/picture/picture_makers.hpp"

namespace imagify::testing {
namespace {

const LibraryPictureInspector inspector;

bool is_taken(const std::string& bytes) { return inspector.inspect(as_bytes(bytes)).has_value(); }

TEST(JpegInspectionTest, ReportsTypeSizeAndColour) {
    const auto facts = inspector.inspect(as_bytes(jpeg_of(640, 480, plain({128, 128, 128}))));

    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_EQ(facts->mime, "image/jpeg");
    EXPECT_EQ(facts->width_px, 640);
    EXPECT_EQ(facts->height_px, 480);
    EXPECT_EQ(facts->color, "#808080");
}

TEST(JpegInspectionTest, TakesProgressiveAndGray) {
    EXPECT_TRUE(is_taken(jpeg_of(70, 50, textured, JpegKind::Progressive)));
    EXPECT_TRUE(is_taken(jpeg_of(70, 50, textured, JpegKind::Gray)));
}

TEST(JpegInspectionTest, RefusesAPictureCutAnywhere) {
    for (const auto kind : {JpegKind::Baseline, JpegKind::Progressive}) {
        const auto whole = jpeg_of(24, 24, textured, kind);
        ASSERT_TRUE(is_taken(whole));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            EXPECT_FALSE(is_taken(whole.substr(0, length))) << "at " << length;
        }
    }
}

TEST(JpegInspectionTest, RefusesBytesAfterTheEnd) {
    EXPECT_FALSE(is_taken(jpeg_of(24, 24, textured) + "x"));
    EXPECT_FALSE(is_taken(jpeg_of(24, 24, textured, JpegKind::Progressive) + "<html>"));
}

TEST(JpegInspectionTest, RefusesWhatBrowsersDoNotShow) {
    EXPECT_FALSE(is_taken(jpeg_of(24, 24, textured, JpegKind::Cmyk)));
}

TEST(JpegInspectionTest, RefusesTooManyScans) {
    const auto facts = inspector.inspect(as_bytes(jpeg_of(24, 24, textured, JpegKind::ManyScans)));

    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().detail, "JPEG: more than 24 scans");
}

TEST(JpegInspectionTest, SidesUpToTheLimitAreTaken) {
    EXPECT_TRUE(is_taken(jpeg_of(kPictureMaxSide, 1, textured)));
    EXPECT_FALSE(is_taken(jpeg_of(kPictureMaxSide + 1, 1, textured)));
    EXPECT_FALSE(is_taken(jpeg_of(1, kPictureMaxSide + 1, textured)));
}

TEST(JpegInspectionTest, RefusesAProgressivePictureOverTheMemoryBudget) {
    const auto facts = inspector.inspect(as_bytes(
        jpeg_of(kPictureMaxSide, kPictureMaxSide, plain({1, 2, 3}), JpegKind::Progressive)));

    ASSERT_FALSE(facts);  // 96 MiB of coefficients.
    EXPECT_EQ(facts.error().detail, "JPEG: progressive and over the memory budget");
}

// Nothing to assert but that it ends, within the sanitizers' rules.
TEST(PictureFuzzTest, AnyDamageEndsInAnAnswer) {
    std::mt19937 random(1);
    const std::string pictures[] = {jpeg_of(60, 40, textured),
                                    jpeg_of(60, 40, textured, JpegKind::Progressive),
                                    png_of(60, 40, textured), webp_of(60, 40, textured),
                                    webp_of(60, 40, textured, WebpKind::Lossless)};
    for (int round = 0; round < 3'000; ++round) {
        auto bytes = pictures[static_cast<std::size_t>(round) % std::size(pictures)];
        const auto damages = 1 + random() % 8;
        for (unsigned i = 0; i < damages; ++i) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        const auto facts = inspector.inspect(as_bytes(bytes));
        if (facts) {
            EXPECT_FALSE(facts->thumbnail.empty());
        }
    }
}

}  // namespace
}  // namespace imagify::testing
