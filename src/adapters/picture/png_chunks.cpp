#include "adapters/picture/png_chunks.hpp"

#include <zlib.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "base/mutant.hpp"

namespace imagify::picture {
namespace {

constexpr std::size_t kSignatureBytes = 8;
// Length, type and checksum around the data.
constexpr std::size_t kFrameBytes = 12;
// libpng writes 8 KiB of pixels into one; this many hold the largest file in pieces of 1 KiB.
constexpr std::size_t kMaxChunks = 16'384;
constexpr std::size_t kMaxOtherChunks = 256;
// All texts and profiles of a picture, unpacked. The profiles of cameras have some kilobytes.
constexpr std::size_t kMaxUnpackedBytes = std::size_t{1} << 20U;

std::string_view after_nul(std::string_view text) {
    const auto nul = text.find('\0');
    return nul == std::string_view::npos ? std::string_view{} : text.substr(nul + 1);
}

// The deflated part of iCCP, zTXt and a compressed iTXt (PNG, 11.3.2.3 and 11.3.3); else nothing.
std::string_view packed_part(std::string_view type, std::string_view data) {
    const auto rest = after_nul(data);
    if (type == "iCCP" || type == "zTXt") return rest.substr(rest.empty() ? 0 : 1);
    if (type != "iTXt" || rest.size() < 2 || rest[0] != '\1') return {};
    return after_nul(after_nul(rest.substr(2)));
}

// How much it unpacks to, counted no further than just over `limit`.
std::size_t unpacked_bytes(std::string_view packed, std::size_t limit) {
    z_stream stream{};
    if (packed.empty() || inflateInit(&stream) != Z_OK) return 0;
    std::array<Bytef, 16 * 1024> scratch;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    int status = Z_OK;
    while (status == Z_OK && stream.total_out <= limit) {
        stream.next_out = scratch.data();
        stream.avail_out = static_cast<uInt>(scratch.size());
        status = inflate(&stream, Z_NO_FLUSH);
    }
    const std::size_t total = stream.total_out;
    inflateEnd(&stream);
    return total;
}

std::size_t length_at(std::string_view png, std::size_t at) {
    std::size_t length = 0;
    for (const char c : png.substr(at, 4)) length = length << 8U | static_cast<unsigned char>(c);
    return length;
}

}  // namespace

const char* chunk_objection(std::span<const std::byte> png) {
    const std::string_view text(reinterpret_cast<const char*>(png.data()), png.size());
    std::size_t chunks = 0;
    std::size_t others = 0;
    std::size_t unpacked = 0;
    for (auto at = kSignatureBytes; at + kFrameBytes <= text.size();) {
        const auto length = length_at(text, at);
        if (length > text.size() - at - kFrameBytes) return nullptr;
        const auto type = text.substr(at + 4, 4);
        others += type == "IDAT" ? 0U : 1U;
        if (++chunks > kMaxChunks || others > kMaxOtherChunks) return "too many chunks";
        if (type == "acTL" || type == "fcTL" || type == "fdAT") return "animated";
        if (!MUTANT("forged.any_text")) {
            unpacked += unpacked_bytes(packed_part(type, text.substr(at + 8, length)),
                                       kMaxUnpackedBytes - unpacked);
        }
        if (unpacked > kMaxUnpackedBytes) return "text or profile unpacks to too much";
        at += length + kFrameBytes;
    }
    return nullptr;
}

}  // namespace imagify::picture
