#include "transport/http/tar_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <numeric>

namespace imagify::http {
namespace {

// POSIX.1-1988 (ustar), also in pax(1), "ustar Interchange Format": offset and width of fields.
constexpr std::size_t kBlockBytes = 512;
constexpr std::size_t kMode = 100;
constexpr std::size_t kOwner = 108;
constexpr std::size_t kGroup = 116;
constexpr std::size_t kSize = 124;
constexpr std::size_t kModified = 136;
constexpr std::size_t kChecksum = 148;
constexpr std::size_t kType = 156;
constexpr std::size_t kMagic = 257;

void put(std::string& block, std::size_t offset, std::string_view text) {
    std::ranges::copy(text, block.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

std::string tar_header(std::string_view name, std::uint64_t size_bytes, TimePoint modified) {
    assert(name.size() <= kTarNameMaxBytes && size_bytes <= kTarSizeMax);
    const auto seconds = std::max<std::int64_t>(
        0, std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count());
    std::string block(kBlockBytes, '\0');
    put(block, 0, name);
    put(block, kMode, "0000600");
    put(block, kOwner, "0000000");
    put(block, kGroup, "0000000");
    put(block, kSize, fmt::format("{:011o}", size_bytes));
    put(block, kModified, fmt::format("{:011o}", seconds));
    put(block, kChecksum, "        ");  // Counts as spaces while it is computed.
    put(block, kType, "0");
    put(block, kMagic, std::string_view("ustar\00000", 8));
    const auto sum = std::accumulate(block.begin(), block.end(), 0U, [](unsigned total, char c) {
        return total + static_cast<unsigned char>(c);
    });
    put(block, kChecksum, fmt::format("{:06o}", sum));
    block[kChecksum + 6] = '\0';
    return block;
}

std::string tar_padding(std::uint64_t size_bytes) {
    return std::string((kBlockBytes - size_bytes % kBlockBytes) % kBlockBytes, '\0');
}

std::string tar_end() { return std::string(2 * kBlockBytes, '\0'); }

}  // namespace imagify::http
