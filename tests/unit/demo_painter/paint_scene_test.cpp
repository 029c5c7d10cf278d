#include <gtest/gtest.h>
#include <png.h>

#include <cstring>
#include <string>

#include "adapters/demo_painter/demo_painter.hpp"
#include "adapters/demo_painter/label.hpp"

namespace imagify::demo {
namespace {

constexpr int kSide = 256;

Pixmap paint(std::string_view prompt, std::uint64_t seed = 1, std::string_view style = "") {
    return paint_scene(
        {.prompt = prompt, .seed = seed, .width_px = kSide, .height_px = kSide, .style = style});
}

struct Mean {
    double red = 0, green = 0, blue = 0;
    double light() const { return (red + green + blue) / 3; }
};

Mean mean_of_rows(const Pixmap& picture, int from, int to) {
    Mean mean;
    const int count = (to - from) * picture.width;
    for (int i = from * picture.width; i < to * picture.width; ++i) {
        const std::uint8_t* rgb = picture.rgb.data() + static_cast<std::ptrdiff_t>(i) * 3;
        mean.red += rgb[0];
        mean.green += rgb[1];
        mean.blue += rgb[2];
    }
    return {mean.red / count, mean.green / count, mean.blue / count};
}

double light_of(const Pixmap& picture) { return mean_of_rows(picture, 0, picture.height).light(); }

/// Decodes with libpng, the reference.
Pixmap decode(const std::vector<std::uint8_t>& png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    EXPECT_TRUE(png_image_begin_read_from_memory(&image, png.data(), png.size())) << image.message;
    EXPECT_EQ(image.format, static_cast<png_uint_32>(PNG_FORMAT_RGB));
    Pixmap picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    picture.rgb.resize(PNG_IMAGE_SIZE(image));
    EXPECT_TRUE(png_image_finish_read(&image, nullptr, picture.rgb.data(), 0, nullptr))
        << image.message;
    return picture;
}

TEST(PaintSceneTest, SameRequestGivesSameBytes) {
    const auto first = encode_png(paint("bình minh trên vịnh Hạ Long", 7, "photo"));
    const auto again = encode_png(paint("bình minh trên vịnh Hạ Long", 7, "photo"));

    EXPECT_EQ(first, again);
}

TEST(PaintSceneTest, SeedPromptAndStyleEachChangeThePicture) {
    const Pixmap one = paint("hoàng hôn trên biển", 1);

    EXPECT_NE(one.rgb, paint("hoàng hôn trên biển", 2).rgb);
    EXPECT_NE(one.rgb, paint("hoàng hôn trên biển đảo", 1).rgb);
    for (const char* style : {"lacquer", "silk", "ink", "watercolor", "neon", "pixel",
                              "oil painting", "sơn mài", "tranh lụa", "mực tàu", "màu nước"}) {
        EXPECT_NE(one.rgb, paint("hoàng hôn trên biển", 1, style).rgb) << style;
    }
}

TEST(PaintSceneTest, NightIsDarkerThanNoon) {
    for (const char* place : {"biển", "núi", "thành phố", "sa mạc", "đồng hoa", "lake"}) {
        const double night = light_of(paint(std::string(place) + " night"));
        const double noon = light_of(paint(std::string(place) + " noon"));
        EXPECT_LT(night, noon * 0.75) << place;
    }
}

TEST(PaintSceneTest, SeaIsBluishInItsLowerHalf) {
    const Mean water = mean_of_rows(paint("biển buổi trưa"), kSide * 3 / 4, kSide * 7 / 8);

    EXPECT_GT(water.blue, water.red * 1.15);
}

TEST(PaintSceneTest, UnknownWordsGiveAnAbstractPictureWithContrast) {
    const Pixmap picture = paint("zxqv wrtl");

    EXPECT_NE(picture.rgb, paint("qqqq pppp").rgb);
    double spread = 0;
    const double middle = light_of(picture);
    for (const std::uint8_t value : picture.rgb) spread += std::abs(value - middle);
    EXPECT_GT(spread / static_cast<double>(picture.rgb.size()), 15);
}

TEST(PaintSceneTest, EverySupportedSizeIsPaintedWhole) {
    struct Size {
        int width, height;
    };
    for (const Size size : {Size{1024, 1024}, Size{896, 1184}, Size{1184, 896}, Size{1344, 768},
                            Size{768, 1344}, Size{64, 64}, Size{65, 131}}) {
        const Pixmap picture = paint_scene({.prompt = "ruộng bậc thang, núi, mây",
                                            .seed = 3,
                                            .width_px = size.width,
                                            .height_px = size.height,
                                            .style = ""});
        EXPECT_EQ(picture.width, size.width);
        EXPECT_EQ(picture.height, size.height);
        EXPECT_EQ(picture.rgb.size(),
                  static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 3);
    }
}

TEST(PaintSceneTest, SizesOutOfRangeAreClamped) {
    const Pixmap tiny =
        paint_scene({.prompt = "", .seed = 0, .width_px = -5, .height_px = 0, .style = ""});

    EXPECT_EQ(tiny.width, kMinSidePx);
    EXPECT_EQ(tiny.height, kMinSidePx);
}

TEST(PaintSceneTest, NoScenePaintsHolesOrBrokenLight) {
    // A not-a-number spreads through the bloom and leaves black fields.
    for (const char* prompt :
         {"biển", "hồ", "sông thuyền", "thành phố đêm", "phố cổ hội an", "rừng thông",
          "ruộng bậc thang", "sa mạc", "đồng hoa", "biển mây", "thác nước", "bãi biển",
          "vũ trụ hành tinh", "abc", "bão biển sấm sét", "cực quang núi tuyết"}) {
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            const Pixmap picture = paint(prompt, seed);
            for (int row = 0; row + 32 <= kSide; row += 32) {
                EXPECT_GT(mean_of_rows(picture, row, row + 32).light(), 2)
                    << prompt << " seed " << seed << " row " << row;
            }
        }
    }
}

TEST(PaintSceneTest, HostilePromptsAreSafe) {
    EXPECT_EQ(paint(std::string(1 << 20, '\xf0')).width, kSide);
    EXPECT_EQ(paint(std::string("\0\0\xff\xfe", 4)).width, kSide);
    std::string everything;
    for (const char* word : {"đêm ", "biển ", "núi ", "thành phố ", "rồng ", "mèo ", "mưa ",
                             "tuyết ", "hoa ", "pixel "}) {
        everything += word;
    }
    EXPECT_EQ(paint(everything).height, kSide);
}

TEST(PaintSceneTest, DemoLabelStandsInTheCorner) {
    const Pixmap picture = paint("đêm tối");
    const LabelBox box = label_box(kSide, kSide);

    int bright = 0;
    for (int y = box.top; y < box.top + box.height; ++y) {
        for (int x = box.left; x < box.left + box.width; ++x) {
            bright += picture.rgb[static_cast<std::size_t>((y * kSide + x) * 3)] > 150 ? 1 : 0;
        }
    }
    EXPECT_LE(box.left + box.width, kSide);
    EXPECT_LE(box.top + box.height, kSide);
    EXPECT_GT(bright, 20);
    EXPECT_LT(bright, box.width * box.height / 2);
}

TEST(EncodePngTest, LibpngReadsBackEveryPixel) {
    for (const char* prompt : {"hoàng hôn trên biển", "zzz"}) {
        const Pixmap picture = paint(prompt);

        const Pixmap read = decode(encode_png(picture));

        EXPECT_EQ(read.width, picture.width);
        EXPECT_EQ(read.rgb, picture.rgb);
    }
    const Pixmap dot{1, 1, {255, 0, 128}};
    EXPECT_EQ(decode(encode_png(dot)).rgb, dot.rgb);
}

TEST(EncodePngTest, EmptyPictureGivesNothing) { EXPECT_TRUE(encode_png({}).empty()); }

}  // namespace
}  // namespace imagify::demo
