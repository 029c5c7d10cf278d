#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "adapters/picture/library_picture_inspector.hpp"
#include "unit/picture/picture_makers.hpp"

namespace imagify::testing {
namespace {

const LibraryPictureInspector inspector;

bool is_taken(const std::string& bytes) { return inspector.inspect(as_bytes(bytes)).has_value(); }

/// A picture of one colour whose scanlines compress about 1000:1.
PngParts bomb(std::uint32_t width, std::uint32_t height, std::uint8_t depth = 8) {
    PngParts parts{.width = width, .height = height, .depth = depth, .color_type = 6};
    parts.scanlines.assign((std::size_t{width} * 4 * depth / 8 + 1) * height, '\0');
    return parts;
}

TEST(PngAttackTest, RefusesGiantSidesBeforeAnyPixel) {
    auto parts = small_png_parts();
    for (const std::uint32_t side :
         {0U, 4097U, 65'536U, 0x7fff'ffffU, 0x8000'0000U, 0xffff'ffffU}) {
        parts.width = side;
        parts.height = 8;
        EXPECT_FALSE(is_taken(assemble_png(parts))) << side;
        parts.width = 8;
        parts.height = side;
        EXPECT_FALSE(is_taken(assemble_png(parts))) << side;
    }
}

TEST(PngAttackTest, RefusesMoreOrLessPixelsThanTheHeaderSays) {
    auto parts = small_png_parts();
    const auto right = parts.scanlines;

    parts.scanlines = right.substr(0, right.size() - 1);
    EXPECT_FALSE(is_taken(assemble_png(parts)));
    parts.scanlines = right + '\0';
    EXPECT_FALSE(is_taken(assemble_png(parts)));
    parts.scanlines = std::string(std::size_t{64} << 20U, '\0');  // 64 MiB behind a tiny header.
    EXPECT_FALSE(is_taken(assemble_png(parts)));
}

TEST(PngAttackTest, RefusesABrokenStream) {
    auto parts = small_png_parts();
    const auto stream = deflated(parts.scanlines);
    const auto with_stream = [&](const std::string& data) {
        auto whole = assemble_png(parts);
        return whole.substr(0, 33) + png_chunk("IDAT", data) + png_chunk("IEND", "");
    };
    ASSERT_TRUE(is_taken(with_stream(stream)));

    auto wrong_sum = stream;
    wrong_sum.back() = static_cast<char>(wrong_sum.back() ^ 1);
    EXPECT_FALSE(is_taken(with_stream(wrong_sum)));
    EXPECT_FALSE(is_taken(with_stream(stream + "hidden")));
    EXPECT_FALSE(is_taken(with_stream("not deflate at all")));
    EXPECT_FALSE(is_taken(with_stream("")));
}

TEST(PngAttackTest, RefusesTextsAndProfilesThatUnpackToMegabytes) {
    const auto with = [](const std::string& type, const std::string& head, std::size_t bytes) {
        auto parts = small_png_parts();
        parts.before_data = png_chunk(type, head + deflated(std::string(bytes, 'A')));
        return assemble_png(parts);
    };
    const std::string named("name\0\0", 6);
    const std::string international("name\0\1\0vi\0ten\0", 14);
    for (const auto& [type, head] :
         {std::pair("iCCP", named), std::pair("zTXt", named), std::pair("iTXt", international)}) {
        EXPECT_TRUE(is_taken(with(type, head, std::size_t{1} << 20U))) << type;
        EXPECT_FALSE(is_taken(with(type, head, (std::size_t{1} << 20U) + 1))) << type;
        EXPECT_FALSE(is_taken(with(type, head, std::size_t{64} << 20U))) << type;
    }
}

TEST(PngAttackTest, TextsCountTogether) {
    auto parts = small_png_parts();
    const auto half = std::string("name\0\0", 6) + deflated(std::string(600'000, 'A'));
    parts.before_data = png_chunk("zTXt", half);
    EXPECT_TRUE(is_taken(assemble_png(parts)));
    parts.after_data = png_chunk("zTXt", half);
    EXPECT_FALSE(is_taken(assemble_png(parts)));
}

TEST(PngAttackTest, RefusesChunksWithoutNumber) {
    auto parts = small_png_parts();
    // Beside IHDR and IEND.
    for (int i = 0; i < 254; ++i) parts.before_data += png_chunk("prVt", "x");
    EXPECT_TRUE(is_taken(assemble_png(parts)));
    parts.before_data += png_chunk("prVt", "x");
    EXPECT_FALSE(is_taken(assemble_png(parts)));
}

TEST(PngAttackTest, RefusesAnAnimation) {
    auto parts = small_png_parts();
    parts.before_data = png_chunk("acTL", std::string("\0\0\0\2\0\0\0\0", 8));
    parts.after_data = png_chunk("fdAT", std::string("\0\0\0\1", 4) + deflated(parts.scanlines));

    EXPECT_FALSE(is_taken(assemble_png(parts)));
}

TEST(PngAttackTest, RefusesAnUnknownCriticalChunk) {
    auto parts = small_png_parts();
    parts.before_data = png_chunk("EVIL", "x");

    EXPECT_FALSE(is_taken(assemble_png(parts)));
}

TEST(PngAttackTest, APictureThatPacksAThousandToOneIsStillAPicture) {
    EXPECT_TRUE(is_taken(assemble_png(bomb(4096, 4096))));
    EXPECT_TRUE(is_taken(assemble_png(bomb(4096, 4096, 16))));
    EXPECT_FALSE(is_taken(assemble_png(bomb(4097, 16))));
}

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
// Sanitizers reserve address space of their own, which this limit would count.

/// Ends the process with 0 when `bytes` are taken with at most `extra_mib` more memory than now.
[[noreturn]] void inspect_within(std::size_t extra_mib, const std::string& bytes) {
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const auto now = pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const rlimit limit{now + (extra_mib << 20U), now + (extra_mib << 20U)};
    setrlimit(RLIMIT_AS, &limit);
    std::_Exit(is_taken(bytes) ? 0 : 1);
}

TEST(PngAttackDeathTest, ABombInOrderNeedsHardlyAnyMemory) {
    const auto picture = assemble_png(bomb(4096, 4096));  // 64 MiB of pixels in 64 KiB.

    EXPECT_EXIT(inspect_within(8, picture), ::testing::ExitedWithCode(0), "");
}

TEST(PngAttackDeathTest, AnInterlacedBombStaysInItsBudget) {
    // The scanlines of an interlaced picture are a little longer, so let libpng write it.
    const auto interlaced = [](int side) {
        return plain_png(side, side, {.depth = 16, .color_type = 6, .interlaced = true}, false);
    };

    EXPECT_EXIT(inspect_within(64, interlaced(3'238)), ::testing::ExitedWithCode(0), "");
    EXPECT_EXIT(inspect_within(30, interlaced(3'238)), ::testing::ExitedWithCode(1), "");
    EXPECT_FALSE(is_taken(interlaced(3'239)));
}
#endif

}  // namespace
}  // namespace imagify::testing
