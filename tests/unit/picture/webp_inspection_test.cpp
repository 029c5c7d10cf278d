#include <gtest/gtest.h>

#include "adapters/picture/library_picture_inspector.hpp"
#include "unit/picture/picture_makers.hpp"

namespace imagify::testing {
namespace {

const LibraryPictureInspector inspector;

bool is_taken(const std::string& bytes) { return inspector.inspect(as_bytes(bytes)).has_value(); }

std::string little_endian(std::size_t number) {
    std::string text;
    for (int i = 0; i < 4; ++i) text += static_cast<char>(number >> 8 * i & 255U);
    return text;
}

TEST(WebpInspectionTest, ReportsTypeSizeAndColour) {
    for (const auto kind : {WebpKind::Lossy, WebpKind::Lossless}) {
        const auto facts =
            inspector.inspect(as_bytes(webp_of(640, 480, plain({128, 128, 128}), kind)));
        ASSERT_TRUE(facts) << facts.error().detail;
        EXPECT_EQ(facts->mime, "image/webp");
        EXPECT_EQ(facts->width_px, 640);
        EXPECT_EQ(facts->height_px, 480);
        EXPECT_EQ(facts->color, "#808080");
    }
}

TEST(WebpInspectionTest, RefusesAPictureCutAnywhere) {
    for (const auto kind : {WebpKind::Lossy, WebpKind::Lossless}) {
        const auto whole = webp_of(24, 24, textured, kind);
        ASSERT_TRUE(is_taken(whole));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            EXPECT_FALSE(is_taken(whole.substr(0, length))) << "at " << length;
        }
    }
}

TEST(WebpInspectionTest, RefusesAPictureCutWithItsLengthsMended) {
    const auto whole = webp_of(64, 64, textured);

    for (std::size_t cut = 2; cut < whole.size() - 40; cut += 2) {
        auto mended = whole.substr(0, whole.size() - cut);
        mended.replace(4, 4, little_endian(mended.size() - 8));
        mended.replace(16, 4, little_endian(mended.size() - 20));
        EXPECT_FALSE(is_taken(mended)) << "without the last " << cut;
    }
}

TEST(WebpInspectionTest, RefusesBytesAfterTheEnd) {
    EXPECT_FALSE(is_taken(webp_of(24, 24, textured) + "x"));
}

TEST(WebpInspectionTest, RefusesAnAnimation) {
    const auto still = webp_of(24, 24, textured);
    const std::string head("\x02\0\0\0\x17\0\0\x17\0\0", 10);  // Animation flag; 24 x 24.
    const auto frame_data =
        std::string(6, '\0') + head.substr(4) + std::string(4, '\0') + still.substr(12);
    const auto chunks = "VP8X" + little_endian(10) + head + "ANIM" + little_endian(6) +
                        std::string(6, '\0') + "ANMF" + little_endian(frame_data.size()) +
                        frame_data;

    EXPECT_FALSE(is_taken("RIFF" + little_endian(chunks.size() + 4) + "WEBP" + chunks));
}

TEST(WebpInspectionTest, SidesUpToTheLimitAreTaken) {
    EXPECT_TRUE(is_taken(webp_of(kPictureMaxSide, 1, textured)));
    EXPECT_FALSE(is_taken(webp_of(kPictureMaxSide + 1, 1, textured)));
    EXPECT_FALSE(is_taken(webp_of(1, kPictureMaxSide + 1, textured)));
}

}  // namespace
}  // namespace imagify::testing
