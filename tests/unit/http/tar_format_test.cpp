#include "transport/http/tar_format.hpp"

#include <gtest/gtest.h>

namespace imagify::http {

TEST(TarFormatTest, HeaderIsOneBlockWithItsOwnChecksum) {
    const auto header = tar_header(std::string(kTarNameMaxBytes, 'n'), kTarSizeMax,
                                   TimePoint(std::chrono::milliseconds(1'768'446'245'999)));

    ASSERT_EQ(header.size(), 512U);
    EXPECT_EQ(header.substr(0, 108), std::string(100, 'n') + std::string("0000600\0", 8));
    EXPECT_EQ(header.substr(124, 12), std::string("77777777777\0", 12));
    EXPECT_EQ(header.substr(136, 12), std::string("15132054445\0", 12));
    EXPECT_EQ(header.substr(257, 8), std::string("ustar\00000", 8));
    unsigned sum = 0;
    for (std::size_t i = 0; i < header.size(); ++i) {
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(header[i]);
    }
    EXPECT_EQ(std::stoul(header.substr(148, 6), nullptr, 8), sum);
    EXPECT_EQ(header.substr(154, 2), std::string("\0 ", 2));
}

TEST(TarFormatTest, FilesFillWholeBlocks) {
    for (const std::uint64_t size : {0U, 1U, 511U, 512U, 513U, 1'024U}) {
        const auto padding = tar_padding(size);
        EXPECT_EQ((size + padding.size()) % 512, 0U) << size;
        EXPECT_LT(padding.size(), 512U) << size;
    }
    EXPECT_EQ(tar_end(), std::string(1'024, '\0'));
}

}  // namespace imagify::http
